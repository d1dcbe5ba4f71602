import * as z from "zod";
import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import { ProblemError } from "../../lib/problem-error.ts";

const Budget = z.object({ until: z.number() });

/** Of a session. A host with a token of their own has no account: whoever deploys has let them in. */
const ACCOUNT = "id = (SELECT account FROM talks WHERE session_hash = ?1)";

/**
 * Counts for a talk's account that a model is about to be asked to write its recap, which costs each time. A day begins
 * with the first of them.
 * @throws `rate_limited` when the account has had it asked as often as it may in a day
 */
export async function countRecap(db: D1Database, session: string, now: number): Promise<void> {
  const [counted, found] = await db.batch([
    db
      .prepare(
        `UPDATE accounts SET
           recaps = iif(recaps_until <= ?2, 1, recaps + 1),
           recaps_until = iif(recaps_until <= ?2, ?2 + ?3, recaps_until)
         WHERE ${ACCOUNT} AND (recaps_until <= ?2 OR recaps < ?4)`,
      )
      .bind(session, now, DAY_MS, LIMITS.recapsPerDay),
    db.prepare(`SELECT recaps_until AS until FROM accounts WHERE ${ACCOUNT}`).bind(session),
  ]);
  const [row] = found?.results ?? [];
  if (counted?.meta.changes === 1 || row === undefined) return;
  throw new ProblemError("rate_limited", "the account has had as many recaps written today as it may", {
    retryAfter: (Budget.parse(row).until - now) / 1000,
  });
}
