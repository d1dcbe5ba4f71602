import { LIMITS } from "../../shared/protocol/limits.ts";
import { type ClientMessage, PING } from "../../shared/protocol/message.ts";
import { type Channel, type ChannelEvents, GREETING_MS } from "./channel.ts";
import { RevintError } from "./error.ts";
import { readMessage } from "./message.ts";

const PING_MS = LIMITS.pingMs;
const PONG_MS = 10_000;
/** Someone is looking at the screen: find out sooner. One that is only just opening gets a little longer. */
const PROBE_MS = 2000;
const OPENING_MS = 4000;
const OPEN = 1;
/** Half of what a room sends to whoever says nothing is read by then, in characters of up to three bytes. */
const PING_LENGTH = 40 * 1024;

/** A pipe over a WebSocket. A network that is gone says nothing, so it pings and expects an answer. */
export class Socket implements Channel {
  readonly #socket: WebSocket;
  readonly #events: ChannelEvents;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  /** Runs while something has to come: the greeting, or a pong. */
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #isProbed = false;
  /** Characters read since the last ping. */
  #read = 0;
  #isEnded = false;

  /** @throws whatever the browser has against this address, such as ws: in an https page */
  constructor(url: string, events: ChannelEvents) {
    this.#events = events;
    this.#socket = new WebSocket(url);
    this.#socket.onmessage = ({ data }) => this.#hear(data);
    this.#socket.onclose = ({ code }) => this.#end(`closed with ${code}`);
    this.#socket.onerror = () => this.#end("failed");
    this.#expect(GREETING_MS);
  }

  /** What can't be sent is lost; the end of the socket follows. */
  send(message: ClientMessage): void {
    if (this.#socket.readyState === OPEN) this.#socket.send(JSON.stringify(message));
  }

  probe(): void {
    // A page that is shown says so several times, and none of them is a reason to wait longer.
    if (this.#isProbed) return;
    this.#isProbed = true;
    if (this.#socket.readyState === OPEN) this.#ping(PROBE_MS);
    else this.#expect(OPENING_MS);
  }

  close(): void {
    this.#isEnded = true;
    clearInterval(this.#pingTimer);
    clearTimeout(this.#deadline);
    const socket = this.#socket;
    socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close(1000);
  }

  #hear(data: unknown): void {
    clearTimeout(this.#deadline);
    this.#isProbed = false;
    // However much is said: the service takes a socket that has not pinged for a while for dead.
    this.#pingTimer ??= setInterval(() => this.#ping(PONG_MS), PING_MS);
    if (typeof data !== "string") return;
    this.#read += data.length;
    if (this.#read > PING_LENGTH) this.#ping(PONG_MS);
    const message = readMessage(data);
    if (message) this.#events.onMessage(message);
  }

  #ping(withinMs: number): void {
    this.#read = 0;
    this.#socket.send(PING);
    this.#expect(withinMs);
  }

  #expect(withinMs: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#end("is silent"), withinMs);
  }

  #end(why: string): void {
    if (this.#isEnded) return;
    this.close();
    this.#events.onEnd(new RevintError("network", `the socket ${why}`));
  }
}
