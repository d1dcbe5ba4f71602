import * as z from "zod";
import { type BegunOpening, CurrentToken, type Opening } from "../../lib/host-talk.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createId } from "../../lib/random.ts";
import type { Store } from "../store.ts";
import { OPENING_MS } from "./openings.ts";
import { LOOK_MS } from "./summaries.ts";
import { COLUMNS, type KeptTalk, readRow, talkNotFound, talksKey } from "./talks.ts";

const Changed = z.object({ account: z.string() });
const Begun = z.object({ startsAt: z.number().nullable() });

/* Which token of a talk is good. The truth is here; the root of its session is told, and decides from then on. */

/** Whether a token is good. @throws `invalid_token`: it is not good any more, or its talk is gone */
export async function checkToken(db: D1Database, talk: string, id: string): Promise<CurrentToken> {
  const current = await selectCurrent(db, talk).first<CurrentToken>();
  if (current?.id === id) return current;
  throw notGood(current);
}

const notGood = (current: CurrentToken | null) =>
  new ProblemError(
    "invalid_token",
    current
      ? "there is a newer token of this talk; open it from the console"
      : "the talk of this token was deleted",
  );

/** An account that is being erased has no talks any more, also where they are still to be marked. */
export const isThere = `deleting_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM accounts WHERE accounts.id = talks.account AND accounts.deleting_at IS NOT NULL)`;

const selectCurrent = (db: D1Database, talk: string): D1PreparedStatement =>
  db
    .prepare(`SELECT token_id AS id, token_number AS number FROM talks WHERE id = ?1 AND ${isThere}`)
    .bind(talk);

/** From now on another one is good; those of before are not, once the session's root is told. @throws `talk_not_found` */
export async function replaceToken(
  db: D1Database,
  { account, talk }: { account: string; talk: string },
  now: number,
): Promise<KeptTalk> {
  const changed = await db
    .prepare(
      `UPDATE talks SET token_id = ?3, token_number = token_number + 1, untold_at = ?4, tell_at = ?4
       WHERE id = ?2 AND account = ?1 AND deleting_at IS NULL RETURNING ${COLUMNS}`,
    )
    .bind(account, talk, createId(), now)
    .first();
  if (!changed) throw talkNotFound();
  return readRow(changed);
}

/**
 * Whoever opens a session is checked here, and it is noted that they are about to: if they die before `noteOpening`, the
 * clock looks at the session, and nothing erases the talk before that.
 * @throws `invalid_token`: it is not good any more, or its talk is gone
 */
export async function beginOpening(
  db: D1Database,
  talk: string,
  id: string,
  now: number,
): Promise<BegunOpening> {
  const [begun, current] = await db.batch([
    db
      .prepare(
        `UPDATE talks SET opening_at = ?3,
           due_at = iif(started_at IS NOT NULL AND ended_at IS NULL, due_at, ?3 + ?4)
         WHERE id = ?1 AND token_id = ?2 AND ${isThere} RETURNING starts_at AS startsAt`,
      )
      .bind(talk, id, now, OPENING_MS),
    selectCurrent(db, talk),
  ]);
  const token = CurrentToken.nullable().parse(current?.results[0] ?? null);
  if (token?.id !== id) throw notGood(token);
  return { current: token, since: now, ...Begun.parse(begun?.results[0]) };
}

/**
 * Notes that a host has opened the talk's session with the token of this id: the talk has started, and runs again
 * where it was over.
 * @returns the token that is good at that moment: another one, or none, if that has changed since `beginOpening`
 */
export async function noteOpening(
  { db, cache, now }: Pick<Store, "db" | "cache" | "now">,
  talk: string,
  id: string,
  { isNew, isOver, since }: Opening,
): Promise<CurrentToken | null> {
  const [changed, , current] = await db.batch([
    db
      .prepare(
        `UPDATE talks SET started_at = iif(?3, ?5, coalesce(started_at, ?5)),
           ended_at = iif(?4, ended_at, NULL), looked_at = ?5, due_at = ?5 + ?6
         WHERE id = ?1 AND token_id = ?2 AND deleting_at IS NULL
           AND (?3 OR started_at IS NULL OR (ended_at IS NOT NULL AND NOT ?4)) RETURNING account`,
      )
      .bind(talk, id, isNew ? 1 : 0, isOver ? 1 : 0, now, LOOK_MS),
    // Another one that has begun since is still on its way; and where the talk is gone, its session is yet to go.
    db
      .prepare(`UPDATE talks SET opening_at = NULL WHERE id = ?1 AND opening_at = ?2 AND ${isThere}`)
      .bind(talk, since ?? null),
    selectCurrent(db, talk),
  ]);
  const row = Changed.safeParse(changed?.results[0]);
  if (row.success) await cache.forget(talksKey(row.data.account));
  return CurrentToken.nullable().parse(current?.results[0] ?? null);
}
