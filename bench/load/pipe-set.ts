import type { Buffer } from "node:buffer";
import { WebSocket } from "ws";
import { now } from "../clock.ts";
import type { LoadJob, LoadResult } from "../load-job.ts";
import { percentile } from "../statistics.ts";

/** Upgrades under way at once. */
const OPENING = 64;

/** Every client pings at least every 30 s; a room takes one that does not for dead. In slices, so that no moment has it all. */
const PING_MS = 20_000;
const PING_SLICES = 200;

/** One socket, and who listens to it at the moment. */
export interface BenchPipe {
  readonly socket: WebSocket;
  onText: ((text: Buffer) => void) | undefined;
}

/** Many sockets of one process. */
export class PipeSet {
  readonly pipes: BenchPipe[] = [];
  #pings: ReturnType<typeof setInterval> | undefined;

  async open({ port, paths, protocol }: Extract<LoadJob, { kind: "open" }>): Promise<LoadResult> {
    const times: number[] = [];
    const start = now();
    let next = 0;
    const work = async () => {
      for (let index = next++; index < paths.length; index = next++) {
        const from = now();
        this.pipes.push(await openPipe(port, paths[index] ?? "/", protocol));
        times.push(now() - from);
      }
    };
    if (protocol === "plain") this.#startPings();
    await Promise.all(Array.from({ length: Math.min(OPENING, paths.length) }, work));
    return {
      rate: paths.length / ((now() - start) / 1000),
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
    };
  }

  #startPings(): void {
    let slice = 0;
    this.#pings ??= setInterval(() => {
      slice++;
      for (let index = slice % PING_SLICES; index < this.pipes.length; index += PING_SLICES) {
        this.pipes[index]?.socket.send("ping");
      }
    }, PING_MS / PING_SLICES);
  }

  async close(): Promise<LoadResult> {
    clearInterval(this.#pings);
    this.#pings = undefined;
    const closing = this.pipes.splice(0).map(({ socket }) => {
      if (socket.readyState === socket.CLOSED) return undefined;
      const closed = new Promise((resolve) => socket.once("close", resolve));
      socket.close(1000);
      return closed;
    });
    await Promise.all(closing);
    return {};
  }
}

/** Opens a socket. socket.io is spoken by hand: its own client would cost more than what is measured. */
export function openPipe(
  port: number,
  path: string,
  protocol: "plain" | "socket.io",
  /** From the start: what is said first may come together with the upgrade. */
  onText?: (text: Buffer) => void,
): Promise<BenchPipe> {
  return new Promise((resolve, reject) => {
    const address =
      protocol === "plain"
        ? `ws://127.0.0.1:${port}${path}`
        : `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { perMessageDeflate: false, skipUTF8Validation: true });
    const pipe: BenchPipe = { socket, onText };
    socket.on("message", (data: Buffer) => {
      if (protocol === "socket.io") {
        if (data[0] === 0x30) return socket.send("40");
        if (data[0] === 0x32) return socket.send("3");
        if (data[0] === 0x34 && data[1] === 0x30) return resolve(pipe);
      }
      pipe.onText?.(data);
    });
    socket.once("open", () => {
      if (protocol === "plain") resolve(pipe);
    });
    socket.on("error", reject);
    socket.once("unexpected-response", (_request, response) => {
      reject(new Error(`the upgrade was refused: ${response.statusCode}`));
    });
  });
}
