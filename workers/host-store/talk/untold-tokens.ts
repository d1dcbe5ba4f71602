import * as z from "zod";
import { UntoldTokens } from "../../lib/host-talk.ts";
import { nextTurn } from "../turns.ts";

/*
 * A new token takes two stores: it is good from the moment when it is written here, and those of before are refused when the
 * root of its session has heard of it. Whoever dies in between leaves it untold, and the clock tells it.
 */

/** Tokens that have a turn in one go: each calls two Workers. */
const TURNS = 2;

const Row = z
  .object({ talk: z.string(), session: z.string(), id: z.string(), number: z.number() })
  .transform(({ id, number, ...row }) => ({ ...row, current: { id, number } }));

/** Of tokens that nobody may have told, those whose turn it is: they have had it, whatever comes of it. */
export async function takeUntold(db: D1Database, now: number): Promise<UntoldTokens> {
  const { results } = await db
    .prepare(
      `UPDATE talks SET tell_at = ${nextTurn("untold_at", "?1")}
       WHERE id IN (SELECT id FROM talks WHERE untold_at IS NOT NULL AND deleting_at IS NULL AND tell_at <= ?1
                    ORDER BY tell_at LIMIT ?2)
       RETURNING id AS talk, session_hash AS session, token_id AS id, token_number AS number`,
    )
    .bind(now, TURNS)
    .all();
  return UntoldTokens.parse({ tokens: z.array(Row).parse(results) });
}

/** The root knows the token with this id. One that was made since is yet to be told. */
export async function noteTold(db: D1Database, talk: string, id: string): Promise<void> {
  await db
    .prepare("UPDATE talks SET untold_at = NULL, tell_at = NULL WHERE id = ?1 AND token_id = ?2")
    .bind(talk, id)
    .run();
}
