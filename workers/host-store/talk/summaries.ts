import * as z from "zod";
import { DAY_MS } from "../../../shared/protocol/limits.ts";
import { type SessionLook, UnseenTalks } from "../../lib/host-talk.ts";
import { isSettled, settled } from "./openings.ts";

/* How talks' sessions stood when they were last looked at: history needs no session. */

/**
 * A talk is looked at again after so long, in ms, and after a quarter of the time that it has run: what is asked wakes
 * its session, and one that nobody has ended in days has little new to say.
 */
export const LOOK_MS = DAY_MS / 24;
const LOOKS_GROW_BY = 4;
/** Talks that are looked at in one go. */
const LOOKS = 8;

/**
 * Keeps how the session of this name stood when it was asked. One that is gone leaves its talk over, as it was last
 * known. Where no talk has such a session, or something newer is known of it, nothing happens.
 * @param askedAt before it was asked: what a host has opened since then is not over
 * @returns the account whose talk it is, if something has changed
 */
export async function keepLook(
  db: D1Database,
  session: string,
  look: SessionLook | null,
  askedAt: number,
): Promise<string | null> {
  const [kept] = await db.batch(
    look ? [keepStanding(db, session, look, askedAt)] : keepEnd(db, session, askedAt),
  );
  return Changed.safeParse(kept?.results[0]).data?.account ?? null;
}

/** One that nobody has noted as opened was opened by whoever died then. */
const keepStanding = (
  db: D1Database,
  session: string,
  { endedAt, summary }: SessionLook,
  askedAt: number,
): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE talks SET looked_at = ?2, summary = ?3, ended_at = ?4,
         started_at = iif(started_at IS NULL OR (ended_at IS NOT NULL AND ?4 IS NULL),
           coalesce(opening_at, started_at), started_at),
         due_at = coalesce(due_at, ?2 + ?5), opening_at = ${settled("?2")}
       WHERE session_hash = ?1 AND (started_at IS NOT NULL OR opening_at IS NOT NULL)
         AND coalesce(looked_at, 0) <= ?2 RETURNING account`,
    )
    .bind(session, askedAt, JSON.stringify(summary), endedAt, LOOK_MS);

const keepEnd = (db: D1Database, session: string, askedAt: number): D1PreparedStatement[] => [
  db
    .prepare(
      `UPDATE talks SET looked_at = ?2, ended_at = coalesce(ended_at, looked_at)
       WHERE session_hash = ?1 AND started_at IS NOT NULL AND looked_at <= ?2 RETURNING account`,
    )
    .bind(session, askedAt),
  // Whoever was about to open it died before there was a session.
  db
    .prepare(
      `UPDATE talks SET opening_at = NULL WHERE session_hash = ?1 AND opening_at IS NOT NULL AND ${isSettled("?2")}`,
    )
    .bind(session, askedAt),
];

const Changed = z.object({ account: z.string() });

/**
 * Of the talks that run, and of those that somebody has begun to open and not finished, those whose turn it is. They have
 * had it, whatever comes of it: of some that can't be asked, the others need not wait.
 */
export async function takeUnseen(db: D1Database, now: number): Promise<UnseenTalks> {
  const { results } = await db
    .prepare(
      `UPDATE talks
       SET due_at = cast(?1 + max(?2, (?1 - coalesce(started_at, opening_at)) / ?3) AS INTEGER)
       WHERE id IN (SELECT id FROM (
         SELECT * FROM (SELECT id, due_at FROM talks
           WHERE started_at IS NOT NULL AND ended_at IS NULL AND due_at < ?1 AND deleting_at IS NULL
           ORDER BY due_at LIMIT ?4)
         UNION
         SELECT * FROM (SELECT id, due_at FROM talks
           WHERE opening_at IS NOT NULL AND due_at < ?1 AND deleting_at IS NULL ORDER BY due_at LIMIT ?4)
         ORDER BY due_at LIMIT ?4))
       RETURNING id, session_hash AS session`,
    )
    .bind(now, LOOK_MS, LOOKS_GROW_BY, LOOKS)
    .all();
  return UnseenTalks.parse({ talks: results });
}
