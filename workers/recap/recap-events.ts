import type { RecapStatus, WrittenStatement } from "../../shared/protocol/recap.ts";
import { EventWriter } from "../lib/event-writer.ts";

/** A comment this often keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 5000;

/** A reader that leaves so much unread has gone, or is better off connecting again. */
const MAX_UNREAD = 512 * 1024;

/** Those who follow how recaps are written. Nothing of it is kept: a stream that breaks off is opened anew. */
export class RecapEvents {
  readonly #readers = new Map<string, Set<EventWriter>>();
  /** What the attempt that runs has written so far. */
  readonly #written = new Map<string, WrittenStatement[]>();

  /** @param isLast nothing follows */
  open(session: string, status: RecapStatus, isLast: boolean): ReadableStream<Uint8Array> {
    const all = this.#readers.get(session) ?? new Set();
    const reader = new EventWriter({
      heartbeatMs: HEARTBEAT_MS,
      maxUnread: MAX_UNREAD,
      onLeave: () => this.#forget(session, reader),
    });
    reader.send("status", status);
    for (const statement of this.#written.get(session) ?? []) reader.send("statement", statement);
    if (isLast) {
      reader.end();
      return reader.readable;
    }
    all.add(reader);
    this.#readers.set(session, all);
    return reader.readable;
  }

  /** An attempt begins, or is over: what the one before it wrote is for nothing. */
  clear(session: string): void {
    this.#written.delete(session);
  }

  tellStatement(session: string, statement: WrittenStatement): void {
    const written = this.#written.get(session) ?? [];
    written.push(statement);
    this.#written.set(session, written);
    this.#send(session, "statement", statement);
  }

  tellStatus(session: string, status: RecapStatus, isLast: boolean): void {
    this.#send(session, "status", status);
    if (!isLast) return;
    for (const reader of [...(this.#readers.get(session) ?? [])]) {
      this.#forget(session, reader);
      reader.end();
    }
  }

  /** The sessions that somebody follows. */
  get followed(): string[] {
    return [...this.#readers.keys()];
  }

  #send(session: string, event: "status" | "statement", data: RecapStatus | WrittenStatement): void {
    for (const reader of [...(this.#readers.get(session) ?? [])]) reader.send(event, data);
  }

  #forget(session: string, reader: EventWriter): void {
    const all = this.#readers.get(session);
    all?.delete(reader);
    if (all?.size === 0) this.#readers.delete(session);
  }
}
