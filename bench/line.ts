import { Buffer } from "node:buffer";
import { Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import { z } from "zod";
import { Problem } from "../shared/protocol/problem.schema.ts";
import { EventParser } from "../web/client/event-parser.ts";
import type { HttpRequest } from "./http-connection.ts";
import { openPipe } from "./load/pipe-set.ts";

/** How one person reaches the session: a pipe's path; or, where sockets are broken, two requests. */
export const Seat = z.union([
  z.string(),
  z.object({ events: z.custom<HttpRequest>(), react: z.custom<HttpRequest>() }),
]);
export type Seat = z.infer<typeof Seat>;

/** What a line tells whoever holds it. */
export interface LineEvents {
  /** A message, or what an answer over HTTP comes to as one. */
  onText(text: Buffer): void;
  onClose(): void;
}

/** One person's connection, whatever it is made of. */
export interface Line {
  react(id: string, page: string, reaction: string): void;
  /** Every client pings at least every 30 s; a room takes a pipe that does not for dead. */
  ping(): void;
  /** The network goes, without a goodbye. */
  drop(): void;
  close(): void;
}

export function openLine(port: number, seat: Seat, events: LineEvents): Promise<Line> {
  return typeof seat === "string" ? openPipeLine(port, seat, events) : openEventLine(port, seat, events);
}

async function openPipeLine(port: number, path: string, { onText, onClose }: LineEvents): Promise<Line> {
  const { socket } = await openPipe(port, path, "plain", (text) => {
    if (text.length > 4) onText(text); // no pong
  });
  socket.once("close", onClose);
  return {
    react: (id, page, reaction) => socket.send(JSON.stringify({ type: "react", id, page, reaction })),
    ping: () => socket.send("ping"),
    drop: () => socket.terminate(),
    close: () => socket.close(1000),
  };
}

/** Reactions of everyone without a pipe go over these. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Server-sent events, and reactions over HTTP. */
function openEventLine(
  port: number,
  { events, react }: Exclude<Seat, string>,
  { onText, onClose }: LineEvents,
): Promise<Line> {
  return new Promise((resolve, reject) => {
    const parser = new EventParser();
    const stream = send(port, events, {}, false, (status, response) => {
      if (status !== 200) {
        reject(new Error(`the events were refused: ${status}`));
        return;
      }
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        for (const text of parser.push(piece)) onText(Buffer.from(text));
      });
      response.on("error", () => {});
      response.once("close", onClose);
      const say = (message: object) => onText(Buffer.from(JSON.stringify(message)));
      resolve({
        react: (id, page, reaction) => {
          const body = JSON.stringify({ page, reaction });
          const sent = send(
            port,
            { ...react, body },
            { "idempotency-key": id },
            true,
            async (status, answer) => {
              const text = await answer.setEncoding("utf8").toArray();
              if (status === 200) say({ type: "ack", ids: [id] });
              else say({ type: "error", id, ...readRefusal(text.join("")) });
            },
          );
          sent.on("error", () => say({ type: "error", id, code: "unavailable", detail: "no answer" }));
        },
        ping: () => {},
        drop: () => stream.destroy(),
        close: () => stream.destroy(),
      });
    });
    stream.on("error", reject);
  });
}

function readRefusal(body: string): { code: string; detail: string } {
  const { code, detail } = Problem.parse(JSON.parse(body));
  return { code, detail };
}

function send(
  port: number,
  { method, path, headers, body }: HttpRequest,
  more: Readonly<Record<string, string>>,
  isShared: boolean,
  onAnswer: (status: number, answer: IncomingMessage) => void,
): ClientRequest {
  const options = { host: "127.0.0.1", port, method, path, agent: isShared ? agent : false };
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const sent = request({ ...options, headers: { ...headers, ...type, ...more } }, (answer) =>
    onAnswer(answer.statusCode ?? 0, answer),
  );
  sent.end(body);
  return sent;
}
