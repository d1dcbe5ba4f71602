import { VanishingTalks } from "../../lib/host-talk.ts";
import { createId } from "../../lib/random.ts";
import { uncountTalk } from "../account/usage.ts";
import { nextTurn } from "../turns.ts";
import { isSettled } from "./openings.ts";
import { talkNotFound } from "./talks.ts";

/*
 * A talk goes in three steps, and whoever finds one half done goes on: it is marked, from then on nobody sees it and
 * its tokens open nothing; api erases its session everywhere; its rows go.
 */

/** Talks that one page of an account's deletion takes. */
const PAGE = 10;
/** Talks that have a turn in one go: as many as the clock may call Workers for. */
const TURNS = 2;

/** SQL that marks a talk. @param now SQL for this moment @param token … for an id that no token has */
export const mark = (now: string, token: string): string =>
  `deleting_at = coalesce(deleting_at, ${now}), token_id = ${token}, token_number = token_number + 1`;

const RETURNED = "id, session_hash AS session";

/** Marks it; again changes nothing. @returns its session @throws `talk_not_found` */
export async function markTalk(
  db: D1Database,
  { account, talk }: { account: string; talk: string },
  now: number,
): Promise<VanishingTalks> {
  const { results } = await db
    .prepare(`UPDATE talks SET ${mark("?3", "?4")} WHERE id = ?2 AND account = ?1 RETURNING ${RETURNED}`)
    .bind(account, talk, now, createId())
    .all();
  if (results.length === 0) throw talkNotFound();
  return VanishingTalks.parse({ talks: results });
}

/** Marks all of an account that is being erased. */
export const markAllOf = (db: D1Database, account: string, now: number): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE talks SET ${mark("?2", "?3")}
       WHERE account = ?1 AND deleting_at IS NULL
         AND EXISTS (SELECT 1 FROM accounts WHERE id = ?1 AND deleting_at IS NOT NULL)`,
    )
    .bind(account, now, createId());

/** The same, and a page of them, those that have waited longest first; none: there are none left. */
export async function markTalksOf(db: D1Database, account: string, now: number): Promise<VanishingTalks> {
  const [, page] = await db.batch([
    markAllOf(db, account, now),
    db
      .prepare(
        `SELECT ${RETURNED} FROM talks WHERE account = ?1 AND deleting_at IS NOT NULL
         ORDER BY erase_at, id LIMIT ?2`,
      )
      .bind(account, PAGE),
  ]);
  return VanishingTalks.parse({ talks: page?.results });
}

/** Of those that somebody has begun to erase, those whose turn it is: they have had it, whatever comes of it. */
export async function takeVanishing(db: D1Database, now: number): Promise<VanishingTalks> {
  const { results } = await db
    .prepare(
      `UPDATE talks SET erase_at = ${nextTurn("deleting_at", "?1")}
       WHERE id IN (SELECT id FROM talks WHERE deleting_at IS NOT NULL AND erase_at <= ?1
                    ORDER BY erase_at LIMIT ?2)
       RETURNING ${RETURNED}`,
    )
    .bind(now, TURNS)
    .all();
  return VanishingTalks.parse({ talks: results });
}

/**
 * Its session is gone: so are its rows. One that nobody has marked stays; and one whose session somebody was about to
 * open, until they can't any more: they may have opened it since.
 * @returns whether something is left
 */
export async function eraseTalk(db: D1Database, talk: string, now = Date.now()): Promise<boolean> {
  const isMarked = `id = ?1 AND deleting_at IS NOT NULL AND ${isSettled("?2")}`;
  const deleteSaved = (table: "talk_activities" | "talk_flows") =>
    db.prepare(`DELETE FROM ${table} WHERE talk IN (SELECT id FROM talks WHERE ${isMarked})`).bind(talk, now);
  const done = await db.batch([
    deleteSaved("talk_activities"),
    deleteSaved("talk_flows"),
    uncountTalk(db, isMarked, talk, now),
    db.prepare(`DELETE FROM talks WHERE ${isMarked}`).bind(talk, now),
    db.prepare("SELECT 1 FROM talks WHERE id = ?1").bind(talk),
  ]);
  return (done.at(-1)?.results.length ?? 0) > 0;
}
