import * as z from "zod";
import { DAY_MS } from "../../../shared/protocol/limits.ts";
import type { Visitor } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { hashSecret } from "../../lib/random.ts";

/*
 * Wrong passwords make the wait grow, for one address at one email: nobody who comes from elsewhere waits with them, so
 * nobody can lock somebody else out. An email that has no account waits in the same way.
 */

/** So many tries cost nothing; after each one more, the wait is twice as long. */
const FREE_TRIES = 5;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 15 * 60 * 1000;
/** Two to the power of this is more than the longest wait. */
const DOUBLINGS = 10;
/** When nobody has tried for so long, they start anew. */
const FORGOTTEN_MS = DAY_MS;

const Waiting = z.object({ next_at: z.number() });

/** What names one address at one email, or at an account by its id: no email looks like one. */
export const attemptKey = (emailOrId: string, { address }: Visitor): Promise<string> =>
  hashSecret(`${emailOrId}\0${address}`);

/**
 * Counts a try as a wrong one before it is looked at, so that many at once are as many; a right one is taken back with
 * `forgetAttempts`.
 * @throws `too_many_attempts`
 */
export async function countAttempt(db: D1Database, key: string, now: number): Promise<void> {
  const [counted, found] = await db.batch([
    db
      .prepare(
        `INSERT INTO attempts (key, failures, next_at, expires_at) VALUES (?1, 1, ?2, ?2 + ?3)
         ON CONFLICT (key) DO UPDATE SET
           failures = iif(expires_at <= ?2, 1, failures + 1),
           next_at = ?2 + iif(expires_at <= ?2 OR failures + 1 < ?4, 0,
             min(?5, ?6 << min(?7, failures + 1 - ?4))),
           expires_at = ?2 + ?3
         WHERE next_at <= ?2`,
      )
      .bind(key, now, FORGOTTEN_MS, FREE_TRIES, LONGEST_WAIT_MS, FIRST_WAIT_MS, DOUBLINGS),
    db.prepare("SELECT next_at FROM attempts WHERE key = ?1").bind(key),
  ]);
  if (counted?.meta.changes === 1) return;
  const { next_at } = Waiting.parse(found?.results[0]);
  throw new ProblemError("too_many_attempts", "too many wrong passwords: wait, or use a passkey", {
    retryAfter: (next_at - now) / 1000,
  });
}

/** The password was right. */
export const forgetAttempts = (db: D1Database, key: string): D1PreparedStatement =>
  db.prepare("DELETE FROM attempts WHERE key = ?1").bind(key);
