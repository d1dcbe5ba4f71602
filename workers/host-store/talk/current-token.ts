import * as z from "zod";
import { CurrentToken, type Opening } from "../../lib/host-talk.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createId } from "../../lib/random.ts";
import type { Store } from "../store.ts";
import { LOOK_MS } from "./summaries.ts";
import { COLUMNS, type KeptTalk, readRow, talkNotFound, talksKey } from "./talks.ts";

const Changed = z.object({ account: z.string() });

/* Which token of a talk is good. The truth is here; the root of its session is told, and decides from then on. */

/** Whoever opens a session is checked here. @throws `invalid_token`: it is not good any more, or its talk is gone */
export async function checkToken(db: D1Database, talk: string, id: string): Promise<CurrentToken> {
  const current = await readCurrent(db, talk);
  if (current?.id === id) return current;
  throw new ProblemError(
    "invalid_token",
    current
      ? "there is a newer token of this talk; open it from the console"
      : "the talk of this token was deleted",
  );
}

const selectCurrent = (db: D1Database, talk: string): D1PreparedStatement =>
  db
    .prepare("SELECT token_id AS id, token_number AS number FROM talks WHERE id = ?1 AND deleting_at IS NULL")
    .bind(talk);

const readCurrent = (db: D1Database, talk: string): Promise<CurrentToken | null> =>
  selectCurrent(db, talk).first<CurrentToken>();

/** From now on another one is good, and those of before are not. @throws `talk_not_found` */
export async function replaceToken(
  db: D1Database,
  { account, talk }: { account: string; talk: string },
): Promise<KeptTalk> {
  const changed = await db
    .prepare(
      `UPDATE talks SET token_id = ?3, token_number = token_number + 1
       WHERE id = ?2 AND account = ?1 AND deleting_at IS NULL RETURNING ${COLUMNS}`,
    )
    .bind(account, talk, createId())
    .first();
  if (!changed) throw talkNotFound();
  return readRow(changed);
}

/**
 * Notes that a host has opened the talk's session with the token of this id: the talk has started, and runs again
 * where it was over.
 * @returns the token that is good at that moment: another one, or none, if that has changed since `checkToken`
 */
export async function noteOpening(
  { db, cache, now }: Pick<Store, "db" | "cache" | "now">,
  talk: string,
  id: string,
  { isNew, isOver }: Opening,
): Promise<CurrentToken | null> {
  const [changed, current] = await db.batch([
    db
      .prepare(
        `UPDATE talks SET started_at = iif(?3, ?5, coalesce(started_at, ?5)),
           ended_at = iif(?4, ended_at, NULL), looked_at = ?5, due_at = ?5 + ?6
         WHERE id = ?1 AND token_id = ?2 AND deleting_at IS NULL
           AND (?3 OR started_at IS NULL OR (ended_at IS NOT NULL AND NOT ?4)) RETURNING account`,
      )
      .bind(talk, id, isNew ? 1 : 0, isOver ? 1 : 0, now, LOOK_MS),
    selectCurrent(db, talk),
  ]);
  const row = Changed.safeParse(changed?.results[0]);
  if (row.success) await cache.forget(talksKey(row.data.account));
  return CurrentToken.nullable().parse(current?.results[0] ?? null);
}
