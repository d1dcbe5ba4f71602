import { DurableObject } from "cloudflare:workers";
import { JOIN_CODE_DIGITS } from "../../shared/protocol/join-code.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { GivenJoinCode, NewJoinCode, SealedJoinCode } from "../lib/join-code.ts";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS codes (   -- join codes that are given, or rest
    tag TEXT PRIMARY KEY,
    sealed TEXT,                       -- null once its session is forgotten
    session TEXT UNIQUE,               -- the same
    digits INTEGER NOT NULL,
    freed_at INTEGER                   -- ms since 1970; null: it leads to its session
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS resting ON codes (freed_at) WHERE freed_at IS NOT NULL;`;

/** One of so many codes of a length may be given before longer ones are. */
const CROWDED = 10;

/**
 * The one instance says which join codes are given, and to which session each leads: no two to one. It is asked when a
 * session is opened, ends or is erased, and by who looks a code up that KV does not know. It knows no code itself, only
 * what api can read.
 */
export class JoinDirectory extends DurableObject<SessionStoreEnv> {
  readonly #sql = this.ctx.storage.sql;
  /** Codes that are given or rest, by how many digits they have. */
  readonly #counts = new Map<number, number>();

  constructor(ctx: DurableObjectState, env: SessionStoreEnv) {
    super(ctx, env);
    this.#sql.exec(SCHEMA);
    this.#count();
  }

  /** The code that a session has, or else the first of these that nobody has; `null`: all are given. */
  give(session: string, proposed: readonly NewJoinCode[]): GivenJoinCode | null {
    const kept = this.#findOf(session);
    if (kept) {
      // Freed, and opened again before it was forgotten.
      this.#sql.exec("UPDATE codes SET freed_at = NULL WHERE session = ? AND freed_at IS NOT NULL", session);
      return { ...kept, isNew: false };
    }
    this.#wake();
    const free = proposed.find(
      ({ tag, sealed, otherTags }) =>
        !this.#isCrowded(sealed.length) && ![tag, ...otherTags].some((each) => this.#isTaken(each)),
    );
    if (!free) return null;
    const { tag, sealed } = free;
    const digits = sealed.length;
    this.#sql.exec("INSERT INTO codes VALUES (?, ?, ?, ?, NULL)", tag, sealed, session, digits);
    this.#counts.set(digits, (this.#counts.get(digits) ?? 0) + 1);
    return { tag, sealed, isNew: true };
  }

  /** Where a code leads; `null`: nowhere. */
  find(tag: string): string | null {
    const [found] = this.#sql
      .exec<{ session: string }>("SELECT session FROM codes WHERE tag = ? AND freed_at IS NULL", tag)
      .toArray();
    return found?.session ?? null;
  }

  /** The code of a session leads nowhere from now on. @returns its tag, until it is forgotten; `null`: it has none */
  free(session: string): string | null {
    const kept = this.#findOf(session);
    if (!kept) return null;
    const now = Date.now();
    this.#sql.exec("UPDATE codes SET freed_at = ? WHERE session = ? AND freed_at IS NULL", now, session);
    return kept.tag;
  }

  /** Nothing says any more whose a code was that is freed. */
  forget(session: string): void {
    this.#sql.exec(
      "UPDATE codes SET session = NULL, sealed = NULL WHERE session = ? AND freed_at IS NOT NULL",
      session,
    );
  }

  #findOf(session: string): SealedJoinCode | undefined {
    const [kept] = this.#sql
      .exec<SealedJoinCode>("SELECT tag, sealed FROM codes WHERE session = ?", session)
      .toArray();
    return kept;
  }

  /** Codes that have rested may be given again. One whose session is yet to be forgotten is not among them. */
  #wake(): void {
    const { rowsWritten } = this.#sql.exec(
      "DELETE FROM codes WHERE freed_at <= ? AND session IS NULL",
      Date.now() - LIMITS.joinCodeRestMs,
    );
    if (rowsWritten > 0) this.#count();
  }

  #isTaken(tag: string): boolean {
    return this.#sql.exec("SELECT 1 FROM codes WHERE tag = ?", tag).toArray().length > 0;
  }

  /** Of the longest, all may be given. */
  #isCrowded(digits: number): boolean {
    const codes = 9 * 10 ** (digits - 1);
    return digits !== JOIN_CODE_DIGITS.at(-1) && (this.#counts.get(digits) ?? 0) >= codes / CROWDED;
  }

  #count(): void {
    this.#counts.clear();
    const query = "SELECT digits, COUNT(*) AS codes FROM codes GROUP BY digits";
    for (const { digits, codes } of this.#sql.exec<{ digits: number; codes: number }>(query)) {
      this.#counts.set(digits, codes);
    }
  }
}
