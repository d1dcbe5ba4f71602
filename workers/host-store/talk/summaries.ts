import { DAY_MS } from "../../../shared/protocol/limits.ts";
import { type SessionLook, UnseenTalks } from "../../lib/host-talk.ts";

/* How talks' sessions stood when they were last looked at: history needs no session. */

/** A talk is looked at again after so long, in ms: what is asked wakes its session. */
const LOOK_MS = DAY_MS / 24;
/** Talks that are looked at in one go. */
const LOOKS = 10;

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
  const statement = look
    ? db
        .prepare(
          `UPDATE talks SET looked_at = ?2, summary = ?3, ended_at = ?4
           WHERE session_hash = ?1 AND started_at IS NOT NULL AND looked_at <= ?2 RETURNING account`,
        )
        .bind(session, askedAt, JSON.stringify(look.summary), look.endedAt)
    : db
        .prepare(
          `UPDATE talks SET looked_at = ?2, ended_at = coalesce(ended_at, looked_at)
           WHERE session_hash = ?1 AND started_at IS NOT NULL AND looked_at <= ?2 RETURNING account`,
        )
        .bind(session, askedAt);
  return statement.first<string>("account");
}

/** Of the talks that run, those that have not been looked at for the longest time. */
export async function listUnseen(db: D1Database, now: number): Promise<UnseenTalks> {
  const { results } = await selectUnseen(db, now).all();
  return UnseenTalks.parse({ talks: results });
}

export const selectUnseen = (db: D1Database, now: number): D1PreparedStatement =>
  db
    .prepare(
      `SELECT id, session_hash AS session FROM talks
       WHERE started_at IS NOT NULL AND ended_at IS NULL AND looked_at < ?1 ORDER BY looked_at LIMIT ?2`,
    )
    .bind(now - LOOK_MS, LOOKS);
