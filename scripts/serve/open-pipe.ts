import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { closeFrame, FrameScanner } from "./frame-scanner.ts";

/** "Service restart" (RFC 6455's registry): whoever hears it comes back. */
const RESTART = 1012;

/** A WebSocket between somebody and api: what one says goes to the other as it is. */
export class OpenPipe {
  readonly #client: Socket;
  readonly #api: Socket;
  readonly #frames = new FrameScanner();
  #isEnding = false;

  /**
   * @param answer api's, with which the pipe opened
   * @param head what api has said behind it already
   * @param onEnd called once, when neither side is there any more
   */
  constructor(client: Socket, api: Socket, answer: IncomingMessage, head: Buffer, onEnd: () => void) {
    this.#client = client;
    this.#api = api;
    client.write(statusLine(answer));
    if (head.length > 0) this.#hear(head);
    api.on("data", (chunk: Buffer) => this.#hear(chunk));
    client.pipe(api);
    client.on("drain", () => api.resume());
    api.on("end", () => client.end());
    // A side that breaks takes the other with it.
    for (const side of [client, api]) side.on("error", () => this.destroy());
    client.on("close", () => api.destroy());
    api.on("close", () => client.destroySoon());
    client.once("close", onEnd);
  }

  /** Says that we go away for a moment, as soon as what is being said is said; the other side then closes. */
  restart(): void {
    this.#isEnding = true;
    this.#sayGoodbye();
  }

  destroy(): void {
    this.#client.destroy();
    this.#api.destroy();
  }

  #hear(chunk: Buffer): void {
    if (!this.#client.writable) return;
    this.#frames.push(chunk);
    if (!this.#client.write(chunk)) this.#api.pause();
    if (this.#isEnding) this.#sayGoodbye();
  }

  #sayGoodbye(): void {
    if (!this.#frames.isBetweenFrames || !this.#client.writable) return;
    // Its own answer to that goes to api, which closes then, too.
    this.#client.end(closeFrame(RESTART));
  }
}

function statusLine({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}
