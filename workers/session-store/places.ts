import { createParticipant } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { HostRules } from "../../shared/protocol/rules.ts";
import type { Session } from "../lib/session.ts";
import { Pace } from "./pace.ts";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS places (   -- who has used the place they got by joining
    participant TEXT PRIMARY KEY
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS joined_before (   -- one row, in a session that is older than places: who joined then has one
    id INTEGER PRIMARY KEY CHECK (id = 1),
    people INTEGER NOT NULL
  );`;

/** A door that was closed may be opened again: whoever waits asks so often, in seconds. */
const CLOSED_RETRY_S = 30;
/** Whoever comes too fast asks so often at least, in seconds: the host may let more in at any moment. */
const PACE_RETRY_S = 15;
/** Places are given back one by one: nobody waits longer to ask than this, in seconds. */
const FULL_RETRY_S = 60;

const CLOSED: Refusal = {
  code: "session_full",
  detail: "the host has closed the door; whoever is in stays in",
  retryAfter: CLOSED_RETRY_S,
};

/** How many people come in, as the host says it. */
export interface DoorSettings {
  readonly session: Pick<Session, "maxParticipants" | "expectedAudience">;
  readonly rules: Pick<HostRules, "isClosed" | "joinsPerMinute">;
}

/** Newcomers that a minute takes. */
export const getPace = ({ session, rules }: DoorSettings): number =>
  rules.joinsPerMinute ?? Math.max(LIMITS.joinsPerMinute, LIMITS.joinsPerExpected * session.expectedAudience);

/**
 * Who has a place in the session. Joining reserves one for two minutes (`PLACE_SECONDS`); whoever opens a pipe
 * or reacts in that time has it for good, and the others' are given to somebody else. A name never expires:
 * whoever comes back without a place takes one if one is free. Kept by the root alone; reservations in memory only.
 */
export class Places {
  readonly #sql: SqlStorage;
  /** When each was given, the oldest first. */
  readonly #reserved = new Map<string, number>();
  readonly #newcomers = new Pace();
  readonly #turnedAway = new Pace(PACE_RETRY_S * 1000);
  readonly #placeMs: number;
  #used: number | undefined;
  /** So many are let in unasked: they joined when joining was a place. */
  #joinedBefore = 0;

  /** @param placeMs how long an unused place is kept, in milliseconds */
  constructor(sql: SqlStorage, placeMs: number) {
    this.#sql = sql;
    this.#placeMs = placeMs;
  }

  /** A session begins, or its root does. @param joined how many have by now */
  start(joined = 0): void {
    const isOlder =
      this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'places'").toArray().length === 0;
    this.#sql.exec(SCHEMA);
    if (isOlder && joined > 0) this.#sql.exec("INSERT INTO joined_before VALUES (1, ?)", joined);
    const [before] = this.#sql.exec<{ people: number }>("SELECT people FROM joined_before").toArray();
    this.#joinedBefore = before?.people ?? 0;
    this.#used = undefined;
  }

  /** All names are void, and so are their places. */
  clear(): void {
    this.#sql.exec(SCHEMA);
    this.#sql.exec("DELETE FROM places");
    this.#sql.exec("DELETE FROM joined_before");
    this.forget();
  }

  /** Nothing is in storage any more. */
  forget(): void {
    this.#reserved.clear();
    this.#newcomers.clear();
    this.#turnedAway.clear();
    this.#used = undefined;
    this.#joinedBefore = 0;
  }

  /** Why nobody new can come in at this moment. Who is told to come back later waits at the door. */
  refuse(door: DoorSettings, now: number): Refusal | undefined {
    if (door.rules.isClosed) return CLOSED;
    const { maxParticipants } = door.session;
    if (this.#countTaken(now) >= maxParticipants) {
      return {
        code: "session_full",
        detail: `all ${maxParticipants} places are taken`,
        retryAfter: this.#getWait(now),
      };
    }
    return this.refuseHaste(door, now);
  }

  /** The same, where there are no places any more: after the end people come to read. */
  refuseHaste(door: DoorSettings, now: number): Refusal | undefined {
    const pace = getPace(door);
    if (this.#newcomers.count(now) < pace) return undefined;
    this.#turnedAway.add(now);
    return {
      code: "rate_limited",
      detail: `more than ${pace} people join within a minute; you come in as soon as there is room`,
      retryAfter: Math.min(PACE_RETRY_S, this.#newcomers.wait(now)),
    };
  }

  reserve(participant: string, now: number): void {
    this.#reserved.set(participant, now);
    this.pass(now);
  }

  /** Somebody new has come in. */
  pass(now: number): void {
    this.#newcomers.add(now);
  }

  /**
   * Participants who open a pipe or react for the first time, as far as their room knows.
   * @returns those who have a place now, and why the others have none
   */
  claim(
    participants: readonly string[],
    door: DoorSettings,
    now: number,
  ): { placed: string[]; refusal?: Refusal } {
    const known = new Set(
      this.#sql
        .exec<{ participant: string }>(
          "SELECT participant FROM places WHERE participant IN (SELECT value FROM json_each(?))",
          JSON.stringify(participants),
        )
        .toArray()
        .map(({ participant }) => participant),
    );
    const admitted: string[] = [];
    let refusal: Refusal | undefined;
    for (const participant of new Set(participants)) {
      if (known.has(participant)) continue;
      const isReserved = this.#reserved.has(participant) && !this.#isGivenBack(participant, now);
      const isNew = !isReserved && this.#countUsed() + admitted.length >= this.#joinedBefore;
      const refused = isNew ? this.refuse(door, now) : undefined;
      if (refused) {
        refusal = refused;
        continue;
      }
      if (isNew) this.pass(now);
      admitted.push(participant);
      this.#reserved.set(participant, now); // counts as taken until it is written
    }
    if (admitted.length > 0) {
      this.#sql.exec("INSERT INTO places SELECT value FROM json_each(?)", JSON.stringify(admitted));
      this.#used = this.#countUsed() + admitted.length;
      for (const participant of admitted) this.#reserved.delete(participant);
    }
    return { placed: [...known, ...admitted], ...(refusal && { refusal }) };
  }

  /** Everybody in a room who has a place. */
  list(room: number): string[] {
    // All of a room's names begin with the same characters, and no character of a name comes after "~".
    const start = createParticipant("user", room, "");
    return this.#sql
      .exec<{ participant: string }>(
        "SELECT participant FROM places WHERE participant BETWEEN ? AND ?",
        start,
        `${start}~`,
      )
      .toArray()
      .map(({ participant }) => participant);
  }

  /** Newcomers who were turned away and are about to ask again. */
  countWaiting(now: number): number {
    return this.#turnedAway.count(now);
  }

  #countTaken(now: number): number {
    for (const participant of this.#reserved.keys()) {
      if (!this.#isGivenBack(participant, now)) break;
      this.#reserved.delete(participant);
    }
    return this.#countUsed() + this.#reserved.size;
  }

  #isGivenBack(participant: string, now: number): boolean {
    const age = now - (this.#reserved.get(participant) ?? 0);
    return age < 0 || age >= this.#placeMs;
  }

  #countUsed(): number {
    this.#used ??= this.#sql.exec<{ used: number }>("SELECT count(*) AS used FROM places").one().used;
    return this.#used;
  }

  /** Seconds until the next place may be given back. */
  #getWait(now: number): number {
    const [oldest] = this.#reserved.values();
    const left = oldest === undefined ? FULL_RETRY_S : Math.ceil((oldest + this.#placeMs - now) / 1000);
    return Math.min(FULL_RETRY_S, Math.max(1, left));
  }
}
