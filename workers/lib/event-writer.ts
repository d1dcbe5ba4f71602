/** What a stream does by itself. */
interface EventWriterOptions {
  /** A comment this often, in milliseconds: proxies keep a quiet stream open, and whoever has left is noticed by it. */
  readonly heartbeatMs: number;
  /** A reader that leaves more bytes than this unread has gone, or is better off connecting again. */
  readonly maxUnread: number;
  /** Once, when its reader has gone; not when it was ended. */
  readonly onLeave: () => void;
}

const encoder = new TextEncoder();

/** A stream of server-sent events to one reader. What its reader can no longer take is written to nobody. */
export class EventWriter {
  readonly readable: ReadableStream<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #options: EventWriterOptions;
  readonly #heartbeat: ReturnType<typeof setInterval>;
  #unread = 0;
  #isOver = false;

  constructor(options: EventWriterOptions) {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    this.readable = readable;
    this.#writer = writable.getWriter();
    this.#options = options;
    this.#heartbeat = setInterval(() => this.#write(": still here\n\n"), options.heartbeatMs);
    this.#writer.closed.catch(() => this.#leave());
  }

  /** @param data as JSON */
  send(event: string, data: object): void {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    if (this.#stop()) this.#writer.close().catch(() => {});
  }

  #write(text: string): void {
    if (this.#isOver) return;
    const bytes = encoder.encode(text);
    this.#unread += bytes.byteLength;
    if (this.#unread > this.#options.maxUnread) {
      this.#leave();
      return;
    }
    this.#writer.write(bytes).then(
      () => {
        this.#unread -= bytes.byteLength;
      },
      () => this.#leave(),
    );
  }

  #leave(): void {
    if (!this.#stop()) return;
    this.#writer.abort().catch(() => {});
    this.#options.onLeave();
  }

  /** @returns whether it was not over yet */
  #stop(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    clearInterval(this.#heartbeat);
    return true;
  }
}
