import * as z from "zod";
import { ProblemError } from "../lib/problem-error.ts";

/** What a runner knows of its session, in one row. */
export const RunnerFacts = z.object({
  session: z.string(),
  /** The session's public name: webhooks are told it. */
  sessionUid: z.string(),
  /** Whether the root keeps events; `unsure` from asking it to, or no longer to, until it has answered. */
  watch: z.enum(["on", "off", "unsure"]),
  /** In which of its lives the session was seen last, and the last of that life's events that was worked off. */
  epoch: z.number().optional(),
  after: z.number(),
  openedAt: z.number().optional(),
  /** When its talk starts, as far as that is known. */
  startsAt: z.number().optional(),
  expiresAt: z.number().optional(),
  hasEnded: z.boolean().optional(),
  /** Looks in a row that came to nothing, since a part did not answer. */
  misses: z.number(),
  /** The version of the recap that flows were told of, or that was there before them. */
  recapVersion: z.string().optional(),
  /** It has, or has had, the flows that were saved with its talk: it gets them once. */
  hasTalkFlows: z.literal(true).optional(),
  /** The session is gone, and so is this: what is left of it goes. */
  isErasing: z.literal(true).optional(),
});
export type RunnerFacts = z.infer<typeof RunnerFacts>;

/**
 * The row. There is none, and no table, before a session has its first flow, nor after the session is forgotten: an
 * instance that was asked for by mistake leaves nothing behind.
 */
export class FactsRow {
  readonly #sql: SqlStorage;
  #isThere: boolean;
  /** As it stands in SQLite: it is asked for many times in each look. */
  #known: RunnerFacts | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#isThere = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'facts'").toArray().length > 0;
  }

  get isThere(): boolean {
    return this.#isThere;
  }

  create(facts: RunnerFacts): void {
    this.#sql.exec("CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, facts TEXT NOT NULL)");
    this.#isThere = true;
    this.#put(facts);
  }

  find(): RunnerFacts | undefined {
    if (this.#isThere) this.#known ??= this.#read();
    return this.#known;
  }

  /** @throws ProblemError `session_not_found` */
  require(): RunnerFacts {
    const facts = this.find();
    if (!facts) throw new ProblemError("session_not_found", "this session is forgotten");
    return facts;
  }

  /** What stays as it is is not written. */
  change(change: Partial<RunnerFacts>): void {
    const before = this.require();
    const after = { ...before, ...change };
    if (JSON.stringify(after) !== JSON.stringify(before)) this.#put(after);
  }

  /** A change was taken back. */
  forgetCache(): void {
    this.#known = undefined;
  }

  /** Its table is about to be deleted, with all others. */
  forget(): void {
    this.#isThere = false;
    this.#known = undefined;
  }

  #read(): RunnerFacts | undefined {
    const [row] = this.#sql.exec("SELECT facts FROM facts").toArray();
    return row && RunnerFacts.parse(JSON.parse(String(row.facts)));
  }

  #put(facts: RunnerFacts): void {
    this.#known = facts;
    this.#sql.exec("INSERT OR REPLACE INTO facts (id, facts) VALUES (1, ?1)", JSON.stringify(facts));
  }
}
