import { DurableObject } from "cloudflare:workers";
import { logFailure } from "../lib/log-failure.ts";
import type { Bindings } from "./bindings.ts";

/** Sessions of one turn of the clock, a call each of the 50 that a request may make; and how much later one is looked at that failed. */
const SESSIONS = 50;
const RETRY_MS = 60_000;

/** Of sessions that flows have ended, so many are told in one turn: api tells another Worker of each, and may call 32. */
const ENDED = 9;

/**
 * One instance for all sessions: which of them have flows, and when the clock looks after each, in case that whatever
 * should have woken its runner was lost; and which of them a flow has ended, for whoever keeps that. A turn in which
 * nothing is due reads two rows.
 */
export class FlowIndex extends DurableObject<Bindings> {
  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    ctx.storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS sessions (session TEXT PRIMARY KEY, lookAt INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS sessionsDue ON sessions (lookAt);
      CREATE TABLE IF NOT EXISTS ended (session TEXT PRIMARY KEY)`);
  }

  register(session: string): void {
    this.#lookAgain(session, Date.now() + RETRY_MS);
  }

  unregister(session: string): void {
    this.ctx.storage.sql.exec("DELETE FROM sessions WHERE session = ?1", session);
  }

  /** A flow has ended this session: whoever looks next is told. */
  noteEnded(session: string): void {
    this.ctx.storage.sql.exec("INSERT OR IGNORE INTO ended (session) VALUES (?1)", session);
  }

  /**
   * The clock strikes: those that are due are woken, the longest ago first.
   * @returns sessions that flows have ended, each once
   */
  async look(): Promise<string[]> {
    const query = "SELECT session FROM sessions WHERE lookAt <= ?1 ORDER BY lookAt LIMIT ?2";
    const due = this.ctx.storage.sql.exec(query, Date.now(), SESSIONS).toArray();
    const sessions = due.map(({ session }) => String(session));
    // Whatever one of them does to this turn, the next one begins behind it.
    for (const session of sessions) this.#lookAgain(session, Date.now() + RETRY_MS);
    await Promise.all(sessions.map((session) => this.#check(session)));
    const taken = "DELETE FROM ended WHERE session IN (SELECT session FROM ended LIMIT ?1) RETURNING session";
    return this.ctx.storage.sql
      .exec(taken, ENDED)
      .toArray()
      .map(({ session }) => String(session));
  }

  async #check(session: string): Promise<void> {
    try {
      const lookAt = await this.env.FLOW_RUNNER.getByName(session).check();
      if (lookAt === undefined) this.unregister(session);
      else this.#lookAgain(session, lookAt);
    } catch (error) {
      logFailure("the flows of a session were not looked at; it is tried again", error);
    }
  }

  #lookAgain(session: string, lookAt: number): void {
    const upsert = "INSERT OR REPLACE INTO sessions (session, lookAt) VALUES (?1, ?2)";
    this.ctx.storage.sql.exec(upsert, session, lookAt);
  }
}
