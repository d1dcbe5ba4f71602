import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import {
  type ReceivedRequest,
  ReceiverOrder,
  type ReceiverReport,
  ReceiverScript,
} from "./receiver-script.ts";
import { serveParent } from "./serve-parent.ts";

/*
 * A receiver of webhooks, in a process of its own. What it does with the next requests, it is told; else it answers well.
 */

const scripts: { readonly path: string; readonly script: ReceiverScript }[] = [];
const standing = new Map<string, ReceiverScript>();
const waiting = new Set<() => void>();
const WELL = ReceiverScript.parse({ does: "answer" });
let requests = 0;

const tell = (report: ReceiverReport) => process.send?.(report);

function nextScript(path: string): ReceiverScript {
  const next = scripts.findIndex((scripted) => path.startsWith(scripted.path));
  const [scripted] = next < 0 ? [] : scripts.splice(next, 1);
  if (scripted) return scripted.script;
  // The longest beginning says most about a path.
  const beginnings = [...standing.keys()].filter((beginning) => path.startsWith(beginning));
  const [closest] = beginnings.toSorted((a, b) => b.length - a.length);
  return (closest !== undefined && standing.get(closest)) || WELL;
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const place = requests++;
  const received: ReceivedRequest = {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, `${value}`])),
    body: Buffer.concat(pieces).toString(),
    at: Date.now(),
    state: "running",
    sent: 0,
  };
  response.on("close", () => {
    received.state = response.writableFinished ? "whole" : "broken";
    tell({ place, request: received });
  });
  tell({ place, request: received });
  await act(nextScript(received.path), received, response);
}

async function act(
  script: ReceiverScript,
  received: ReceivedRequest,
  response: ServerResponse,
): Promise<void> {
  switch (script.does) {
    case "answer":
      response.writeHead(script.status, script.headers).end(script.body);
      return;
    case "hang":
      await new Promise<void>((resolve) => waiting.add(resolve));
      response.end();
      return;
    case "reset":
      if (script.within === "answer") {
        response.writeHead(200, { "content-length": "1000" });
        await send(response, Buffer.alloc(10));
      }
      response.socket?.resetAndDestroy();
      return;
    case "drip":
      response.writeHead(script.status, { "content-length": `${script.bytes}` });
      while (received.sent < script.bytes && !response.destroyed) {
        const piece = Buffer.alloc(Math.min(script.piece, script.bytes - received.sent), "x");
        await send(response, piece);
        received.sent += piece.byteLength;
        await wait(script.pause);
      }
      response.end();
  }
}

/** Resolves when it is sent, or never will be. */
const send = (response: ServerResponse, bytes: Buffer) =>
  new Promise<void>((resolve) => {
    if (response.destroyed) return resolve();
    const end = () => {
      response.off("close", end);
      resolve();
    };
    response.once("close", end);
    response.write(bytes, end);
  });

process.on("message", (message) => {
  const order = ReceiverOrder.parse(message);
  if ("scripts" in order) scripts.push(...order.scripts.map((script) => ({ path: order.path, script })));
  if ("always" in order) standing.set(order.path, order.always);
  if ("release" in order) {
    for (const resolve of waiting) resolve();
    waiting.clear();
  }
  tell({ obeyed: true });
});
serveParent(serve, tell);
