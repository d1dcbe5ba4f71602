import * as z from "zod";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { History } from "../lib/history.ts";
import type { DeckState } from "./room-message.ts";

/** Characters kept of a title. */
const TITLE_LENGTH = 200;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS states (   -- every change of the state
    version INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,                -- ms since 1970
    page TEXT NOT NULL,
    title TEXT                          -- the state's, where it is JSON with a title
  );
  CREATE TABLE IF NOT EXISTS people (   -- open pipes, when that changed
    at INTEGER PRIMARY KEY,
    people INTEGER NOT NULL
  );`;

const Titled = z.object({ title: z.string().min(1) });

/**
 * The course of a session: which page when, and how many people were there. Its times never go back, as those of
 * the ledgers don't: where a clock is put back, it stands still until the clock has caught up. Kept by the root alone.
 */
export class SessionHistory {
  readonly #sql: SqlStorage;
  #lastPeople = -1;
  /** The newest time in it; undefined until it has been read. */
  #newest: number | undefined;
  /** The most there were since the last note, and when. */
  #peak = { at: 0, people: -1 };

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** A session begins, or begins again: whatever was before is forgotten. */
  start(deck: DeckState): void {
    this.#sql.exec(SCHEMA);
    this.#sql.exec("DELETE FROM states");
    this.#sql.exec("DELETE FROM people");
    this.#lastPeople = -1;
    this.#peak = { at: 0, people: -1 };
    this.#newest = 0;
    this.addState(deck);
  }

  addState({ version, at: now, page, state }: DeckState): void {
    const at = this.#advance(now);
    this.#sql.exec("INSERT OR REPLACE INTO states VALUES (?, ?, ?, ?)", version, at, page, readTitle(state));
  }

  /** People have come or gone. */
  countPeople(people: number, now: number): void {
    if (people > this.#peak.people) this.#peak = { at: this.#advance(now), people };
  }

  /** Notes how many people there are now, and the most that there were since the last time. */
  notePeople(people: number, now: number): void {
    const at = this.#advance(now);
    const peak = this.#peak;
    const isHigher = peak.people > people && peak.people > this.#lastPeople && peak.at < at;
    if (isHigher) this.#insertPeople(peak.at, peak.people);
    if (isHigher || people !== this.#lastPeople) this.#insertPeople(at, people);
    this.#lastPeople = people;
    this.#peak = { at, people };
  }

  #advance(now: number): number {
    this.#newest ??= this.#sql
      .exec<{ newest: number }>(
        "SELECT max(ifnull((SELECT max(at) FROM states), 0), ifnull((SELECT max(at) FROM people), 0)) AS newest",
      )
      .one().newest;
    this.#newest = Math.max(this.#newest, now);
    return this.#newest;
  }

  #insertPeople(at: number, people: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO people VALUES (?, ?)", at, people);
  }

  /** The pages that were shown, and this one among them. */
  listPages(page: string): string[] {
    const pages = new Set(this.read().states.map((state) => state.page));
    return [...pages.add(page)].slice(0, LIMITS.shownPages);
  }

  read(): Pick<History, "states" | "people" | "startedAt"> {
    const states = this.#sql
      .exec<History["states"][number]>("SELECT at, page, title FROM states ORDER BY version")
      .toArray();
    const people = this.#sql
      .exec<History["people"][number]>("SELECT at, people FROM people ORDER BY at")
      .toArray();
    return { states, people, startedAt: states[0]?.at ?? 0 };
  }
}

/** A deck says its slide's title in its state, as JSON; any other text has none. */
function readTitle(state: string): string | null {
  try {
    const titled = Titled.safeParse(JSON.parse(state));
    return titled.success ? [...titled.data.title].slice(0, TITLE_LENGTH).join("") : null;
  } catch {
    return null;
  }
}
