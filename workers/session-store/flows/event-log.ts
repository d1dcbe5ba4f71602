import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { Happening, RoomEvent } from "../../lib/room-event.ts";
import type { SyncStorage } from "../sync-storage.ts";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS events (   -- a row for all that became events together
    last INTEGER PRIMARY KEY,           -- the number of the newest of them
    events TEXT NOT NULL                -- JSON, the oldest first
  );`;

/** Where it is kept up to which number events are erased, where none is left that would say so. */
const ERASED = "events acknowledged";

/** What has happened, when, and how many flows have caused it one after the other. */
export type NewEvent = Happening & Pick<RoomEvent, "at" | "depth">;

/**
 * The events of a watched session, until they are acknowledged. Their numbers have no gaps, and go on where the log was
 * emptied: whoever knows a number has heard of all up to it. What is acknowledged is erased when the next ones are kept, with
 * the same write; until then it is in memory that it may be. So is the newest number: what is rolled back leaves a gap, as
 * what was dropped does.
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

  constructor(sql: SqlStorage, kv: SyncStorage) {
    this.#sql = sql;
    this.#kv = kv;
  }

  /** Before anything else. */
  create(): void {
    this.#sql.exec(SCHEMA);
  }

  /** Keeps these, in this order. Of more than there is room for, the oldest are dropped. */
  append(events: readonly NewEvent[]): void {
    if (events.length === 0) return;
    const before = this.#last;
    const numbered = events.map((event, index): RoomEvent => ({ ...event, number: before + index + 1 }));
    const last = before + events.length;
    const kept = JSON.stringify(numbered.slice(-LIMITS.flowEvents));
    this.#sql.exec("INSERT INTO events VALUES (?, ?)", last, kept);
    this.#newest = last;
    const done = Math.max(this.#acknowledged, last - LIMITS.flowEvents);
    if (done <= this.#erased) return;
    this.#sql.exec("DELETE FROM events WHERE last <= ?", done);
    this.#erased = done;
  }

  /** Those behind a number, the oldest first. Where the first of them is not the next one, older ones were dropped. */
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
