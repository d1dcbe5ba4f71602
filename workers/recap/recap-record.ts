import * as z from "zod";
import { RECAP_AUTHORS } from "../../shared/protocol/recap.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { DraftStatement } from "./document/draft.ts";
import { RecapMaterial } from "./material/material.ts";
import type { ModelUsage } from "./model/model-error.ts";

/** What is kept of a recap beside its text: which version is read, by whom, and until when. */
export const RecapRecord = z.object({
  /** `making`: a job is kept for it. */
  state: z.enum(["making", "done", "failed", "erasing"]),
  /** What is read. */
  version: z.string().optional(),
  by: z.enum(RECAP_AUTHORS).optional(),
  /** Under which it was asked for last, by whoever may have to ask again. */
  order: z.string().optional(),
  edited: z.literal(true).optional(),
  publishedAt: z.number().optional(),
  failure: z.string().optional(),
  /** When the session, and so this, is forgotten. */
  expiresAt: z.number().optional(),
  /** Versions that may be in R2 and that nobody reads: one that is being put there, and those to be deleted. */
  garbage: z.array(z.string()),
  /** Tokens that were paid for, all attempts together. */
  usage: z.object({ promptTokens: z.number(), completionTokens: z.number() }).optional(),
});
export type RecapRecord = z.infer<typeof RecapRecord>;

/** What a job has done so far, and never does again: it goes with the job. */
export const RecapWork = z.object({
  material: RecapMaterial.optional(),
  /** All that the model wrote and that is true. */
  statements: z.array(DraftStatement).optional(),
});
export type RecapWork = z.infer<typeof RecapWork>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS recaps (session TEXT PRIMARY KEY, record TEXT NOT NULL, dueAt INTEGER);
  CREATE INDEX IF NOT EXISTS recapsDue ON recaps (dueAt);
  CREATE TABLE IF NOT EXISTS works (session TEXT PRIMARY KEY, material TEXT, statements TEXT)`;

/** After something that could not be deleted. */
const RETRY_MS = 60_000;

/** Records that are remembered, at most. */
const KNOWN = 1000;

export const noRecap = () => new ProblemError("recap_not_found", "there is none, or it is not published");

/** The records of one writer, in its SQLite. */
export class RecapRecords {
  readonly #sql: SqlStorage;
  /** As they stand: everybody who reads a recap has its record looked up. */
  readonly #known = new Map<string, RecapRecord>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
  }

  find(session: string): RecapRecord | undefined {
    const known = this.#known.get(session);
    if (known) return known;
    const [row] = this.#sql.exec("SELECT record FROM recaps WHERE session = ?1", session).toArray();
    if (!row) return undefined;
    const record = RecapRecord.parse(JSON.parse(String(row.record)));
    if (this.#known.size >= KNOWN) this.#known.clear();
    this.#known.set(session, record);
    return record;
  }

  put(session: string, record: RecapRecord): void {
    const isUntidy = record.state === "erasing" || (record.state !== "making" && record.garbage.length > 0);
    const dueAt = isUntidy ? Date.now() + RETRY_MS : (record.expiresAt ?? null);
    this.#sql.exec(
      "INSERT OR REPLACE INTO recaps (session, record, dueAt) VALUES (?1, ?2, ?3)",
      session,
      JSON.stringify(record),
      dueAt,
    );
    this.#known.delete(session);
  }

  /** @throws ProblemError `recap_not_found` where there is none, or none any more */
  require(session: string): RecapRecord {
    const record = this.find(session);
    if (!record || record.state === "erasing") throw noRecap();
    return record;
  }

  /** … or nothing to be read of it yet */
  requireVersion(session: string): RecapRecord & { version: string } {
    const { version, ...record } = this.require(session);
    if (version === undefined) throw noRecap();
    return { ...record, version };
  }

  /** … or where nobody wants it to be made any more */
  requireMaking(session: string): RecapRecord {
    const record = this.require(session);
    if (record.state !== "making") throw noRecap();
    return record;
  }

  /** @throws ProblemError as `require` does */
  change(session: string, change: Partial<RecapRecord>): void {
    this.put(session, { ...this.require(session), ...change });
  }

  /** One more attempt was paid for. */
  addUsage(session: string, usage: ModelUsage | undefined): void {
    const record = this.find(session);
    if (!usage || !record || record.state === "erasing") return;
    const { promptTokens, completionTokens } = record.usage ?? { promptTokens: 0, completionTokens: 0 };
    this.change(session, {
      usage: {
        promptTokens: promptTokens + usage.promptTokens,
        completionTokens: completionTokens + usage.completionTokens,
      },
    });
  }

  remove(session: string): void {
    this.#sql.exec("DELETE FROM recaps WHERE session = ?1", session);
    this.#known.delete(session);
    this.removeWork(session);
  }

  /** Those that something is to be deleted of. */
  listDue(now: number): string[] {
    const query = "SELECT session FROM recaps WHERE dueAt <= ?1 ORDER BY dueAt LIMIT 20";
    return this.#sql
      .exec(query, now)
      .toArray()
      .map(({ session }) => String(session));
  }

  get dueAt(): number | undefined {
    const { at } = this.#sql.exec("SELECT min(dueAt) AS at FROM recaps").one();
    return at === null || at === undefined ? undefined : Number(at);
  }

  findWork(session: string): RecapWork {
    const query = "SELECT material, statements FROM works WHERE session = ?1";
    const [row] = this.#sql.exec(query, session).toArray();
    const read = (value: unknown) => (typeof value === "string" ? JSON.parse(value) : undefined);
    return RecapWork.parse({ material: read(row?.material), statements: read(row?.statements) });
  }

  putWork(session: string, { material, statements }: RecapWork): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO works (session, material, statements) VALUES (?1, ?2, ?3)",
      session,
      material === undefined ? null : JSON.stringify(material),
      statements === undefined ? null : JSON.stringify(statements),
    );
  }

  removeWork(session: string): void {
    this.#sql.exec("DELETE FROM works WHERE session = ?1", session);
  }
}
