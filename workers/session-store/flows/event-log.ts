import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { Happening, RoomEvent } from "../../lib/room-event.ts";
import type { SyncStorage } from "../sync-storage.ts";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS events (   -- a row for all that were saved together
    last INTEGER PRIMARY KEY,           -- the number of the newest of them
    events TEXT NOT NULL                -- JSON, the oldest first
  );`;

/** Where it is kept up to which number events are erased, where none is left that would say so. */
const ERASED = "events acknowledged";

/** What has happened, when, and how many flows have caused it one after the other. */
export type NewEvent = Happening & Pick<RoomEvent, "at" | "depth">;

/**
 * The events of a watched session, until they are acknowledged. Their numbers have no gaps, and go on where the log was
 * emptied: whoever knows a number has heard of all up to it. They are in memory until they are saved; before that nobody
 * reads them, so that another life may give their numbers to others. What is acknowledged is erased when the next ones are
 * saved, with the same write; until then it is in memory that it may be.
 */
export class EventLog {
  readonly #sql: SqlStorage;
  readonly #kv: SyncStorage;
  /** Another life does not know it, and keeps what nobody asks for any more a little longer. */
  #acknowledged = 0;
  /** All up to this number are erased. */
  #erased = 0;
  /** The number of the newest one there was; undefined until somebody asks. */
  #newest: number | undefined;
  #unsaved: RoomEvent[] = [];

  constructor(sql: SqlStorage, kv: SyncStorage) {
    this.#sql = sql;
    this.#kv = kv;
  }

  /** Before anything else. */
  create(): void {
    this.#unsaved = [];
    this.#sql.exec(SCHEMA);
  }

  /** These happened, in this order. Of more than there is room for, the oldest are dropped. */
  append(events: readonly NewEvent[]): void {
    const before = this.#last;
    const numbered = events.map((event, index): RoomEvent => ({ ...event, number: before + index + 1 }));
    this.#unsaved = [...this.#unsaved, ...numbered].slice(-LIMITS.flowEvents);
    this.#newest = before + events.length;
  }

  /** Within a transaction; once that is over, they are `saved`. */
  save(): void {
    if (this.#unsaved.length === 0) return;
    this.#sql.exec("INSERT INTO events VALUES (?, ?)", this.#last, JSON.stringify(this.#unsaved));
    const done = Math.max(this.#acknowledged, this.#last - LIMITS.flowEvents);
    if (done <= this.#erased) return;
    this.#sql.exec("DELETE FROM events WHERE last <= ?", done);
    this.#erased = done;
  }

  saved(): void {
    this.#unsaved = [];
  }

  get isUnsaved(): boolean {
    return this.#unsaved.length > 0;
  }

  /** Of those that are saved the ones behind a number, the oldest first. Where the first of them is not the next one, older ones were dropped. */
  read(after: number, limit: number): { events: RoomEvent[]; more: boolean } {
    if (after >= this.#last) return { events: [], more: false };
    const from = Math.max(after, this.#last - LIMITS.flowEvents);
    const found: RoomEvent[] = [];
    const rows = this.#sql.exec<{ events: string }>(
      "SELECT events FROM events WHERE last > ? ORDER BY last",
      from,
    );
    for (const row of rows) {
      const events: RoomEvent[] = JSON.parse(row.events);
      for (const event of events) if (event.number > from) found.push(event);
      if (found.length > limit) break;
    }
    return { events: found.slice(0, limit), more: found.length > limit };
  }

  /** Whoever pulls them has worked these off. */
  acknowledge(number: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(number, this.#last));
  }

  /** Nobody pulls them any more; should somebody do so again, the numbers go on. */
  erase(): void {
    this.#kv.put(ERASED, this.#last);
    this.#sql.exec("DROP TABLE IF EXISTS events");
  }

  /** The session begins again, and with it the numbers. */
  startOver(): void {
    this.#acknowledged = 0;
    this.#erased = 0;
    this.#newest = undefined;
    this.#kv.delete(ERASED);
    this.#sql.exec("DROP TABLE IF EXISTS events");
    this.create();
  }

  get #last(): number {
    this.#newest ??= this.#readLast();
    return this.#newest;
  }

  #readLast(): number {
    const { last } = this.#sql
      .exec<{ last: number }>("SELECT ifnull(max(last), 0) AS last FROM events")
      .one();
    return Math.max(last, this.#kv.get<number>(ERASED) ?? 0);
  }
}
