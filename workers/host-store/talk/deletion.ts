import { VanishingTalks } from "../../lib/host-talk.ts";
import { createId } from "../../lib/random.ts";
import { talkNotFound } from "./talks.ts";

/*
 * A talk goes in three steps, and whoever finds one half done goes on: it is marked, from then on nobody sees it and
 * its tokens open nothing; api erases its session everywhere; its rows go.
 */

/** Talks that one page of a deletion takes. */
const PAGE = 10;

const MARK = "deleting_at = coalesce(deleting_at, ?3), token_id = ?4, token_number = token_number + 1";
const RETURNED = "id, session_hash AS session";

/** Marks it; again changes nothing. @returns its session @throws `talk_not_found` */
export async function markTalk(
  db: D1Database,
  { account, talk }: { account: string; talk: string },
  now: number,
): Promise<VanishingTalks> {
  const { results } = await db
    .prepare(`UPDATE talks SET ${MARK} WHERE id = ?2 AND account = ?1 RETURNING ${RETURNED}`)
    .bind(account, talk, now, createId())
    .all();
  if (results.length === 0) throw talkNotFound();
  return VanishingTalks.parse({ talks: results });
}

/** Marks a page of those of an account that is being erased; none: there are none left. */
export async function markTalksOf(db: D1Database, account: string, now: number): Promise<VanishingTalks> {
  const { results } = await db
    .prepare(
      `UPDATE talks SET ${MARK}
       WHERE id IN (SELECT id FROM talks WHERE account = ?1 LIMIT ?2)
         AND EXISTS (SELECT 1 FROM accounts WHERE id = ?1 AND deleting_at IS NOT NULL)
       RETURNING ${RETURNED}`,
    )
    .bind(account, PAGE, now, createId())
    .all();
  return VanishingTalks.parse({ talks: results });
}

/** Those that somebody has begun to erase, the oldest first. */
export async function listVanishing(db: D1Database): Promise<VanishingTalks> {
  const { results } = await selectVanishing(db).all();
  return VanishingTalks.parse({ talks: results });
}

export const selectVanishing = (db: D1Database): D1PreparedStatement =>
  db
    .prepare(`SELECT ${RETURNED} FROM talks WHERE deleting_at IS NOT NULL ORDER BY deleting_at LIMIT ?1`)
    .bind(PAGE);

/** Its session is gone: so are its rows. One that nobody has marked stays. */
export async function eraseTalk(db: D1Database, talk: string): Promise<void> {
  const isMarked = "SELECT id FROM talks WHERE id = ?1 AND deleting_at IS NOT NULL";
  await db.batch([
    db.prepare(`DELETE FROM talk_activities WHERE talk IN (${isMarked})`).bind(talk),
    db.prepare("DELETE FROM talks WHERE id = ?1 AND deleting_at IS NOT NULL").bind(talk),
  ]);
}
