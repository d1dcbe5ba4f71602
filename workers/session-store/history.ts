import * as z from "zod";
import type { History } from "../../shared/results.ts";
import type { Live } from "./room-message.ts";

/** At most one sample of how many people there are in this time, in milliseconds. */
const SAMPLE_MS = 10_000;
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

/** The course of a session: which page when, and how many people were there. Kept by the root alone. */
export class SessionHistory {
  readonly #sql: SqlStorage;
  #lastSample = 0;
  #lastPeople = -1;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** A session begins, or begins again: whatever was before is forgotten. */
  start(live: Live): void {
    this.#sql.exec(SCHEMA);
    this.#sql.exec("DELETE FROM states");
    this.#sql.exec("DELETE FROM people");
    this.#lastSample = 0;
    this.#lastPeople = -1;
    this.addState(live);
  }

  addState({ version, at, page, state }: Live): void {
    this.#sql.exec("INSERT OR REPLACE INTO states VALUES (?, ?, ?, ?)", version, at, page, readTitle(state));
  }

  /** Notes how many people there are, unless that is known or was noted a moment ago. */
  samplePeople(people: number, now: number): void {
    if (people === this.#lastPeople || now - this.#lastSample < SAMPLE_MS) return;
    this.#lastSample = now;
    this.#lastPeople = people;
    this.#sql.exec("INSERT OR REPLACE INTO people VALUES (?, ?)", now, people);
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
