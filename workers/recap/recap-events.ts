import type { RecapStatus, WrittenStatement } from "../../shared/protocol/recap.ts";

/** A comment this often keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 5000;

/** A reader that leaves so much unread has gone, or is better off connecting again. */
const MAX_UNREAD = 512 * 1024;

interface Reader {
  /** Writes what it can't take to nobody. */
  send(text: string): void;
  end(): void;
}

const encoder = new TextEncoder();

const formatEvent = (event: "status" | "statement", data: RecapStatus | WrittenStatement): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Those who follow how recaps are written. Nothing of it is kept: a stream that breaks off is opened anew. */
export class RecapEvents {
  readonly #readers = new Map<string, Set<Reader>>();
  /** What the attempt that runs has written so far. */
  readonly #written = new Map<string, WrittenStatement[]>();

  /** @param isLast nothing follows */
  open(session: string, status: RecapStatus, isLast: boolean): ReadableStream<Uint8Array> {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const all = this.#readers.get(session) ?? new Set();
    let unread = 0;
    const reader: Reader = {
      send(text) {
        const bytes = encoder.encode(text);
        unread += bytes.byteLength;
        if (unread > MAX_UNREAD) return leave();
        writer.write(bytes).then(() => {
          unread -= bytes.byteLength;
        }, leave);
      },
      end() {
        forget();
        writer.close().catch(() => {});
      },
    };
    const heartbeat = setInterval(() => reader.send(": still here\n\n"), HEARTBEAT_MS);
    const forget = () => {
      clearInterval(heartbeat);
      all.delete(reader);
      if (all.size === 0) this.#readers.delete(session);
    };
    const leave = () => {
      forget();
      writer.abort().catch(() => {});
    };
    writer.closed.catch(leave);
    reader.send(formatEvent("status", status));
    for (const statement of this.#written.get(session) ?? [])
      reader.send(formatEvent("statement", statement));
    if (isLast) {
      reader.end();
      return readable;
    }
    all.add(reader);
    this.#readers.set(session, all);
    return readable;
  }

  /** An attempt begins, or is over: what the one before it wrote is for nothing. */
  clear(session: string): void {
    this.#written.delete(session);
  }

  tellStatement(session: string, statement: WrittenStatement): void {
    const written = this.#written.get(session) ?? [];
    written.push(statement);
    this.#written.set(session, written);
    this.#send(session, formatEvent("statement", statement));
  }

  tellStatus(session: string, status: RecapStatus, isLast: boolean): void {
    this.#send(session, formatEvent("status", status));
    if (!isLast) return;
    for (const reader of [...(this.#readers.get(session) ?? [])]) reader.end();
  }

  /** The sessions that somebody follows. */
  get followed(): string[] {
    return [...this.#readers.keys()];
  }

  #send(session: string, text: string): void {
    for (const reader of [...(this.#readers.get(session) ?? [])]) reader.send(text);
  }
}
