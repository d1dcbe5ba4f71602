import * as z from "zod";
import { DAY_MS } from "../../../shared/protocol/limits.ts";
import { DueTalks } from "../../lib/host-talk.ts";
import { nextTurn } from "../turns.ts";
import { isThere } from "./current-token.ts";
import { OPENING_MS } from "./openings.ts";

/* Talks whose sessions open by themselves. Which is due is one index away; with its start, a talk leaves that index for good. */

/** Talks that have a turn in one go: each calls four Workers. */
const TURNS = 5;

/** One that could not be opened has its next turn so much later, in ms. */
const RETRY_MS = DAY_MS / 1440;

/** So long after its start a talk is not opened any more, in ms: nobody waits for it. */
const LATE_MS = DAY_MS / 24;

const Row = z
  .object({
    ...{ id: z.string(), session: z.string(), name: z.string(), date: z.string(), origin: z.string() },
    ...{ deck: z.string().nullable(), startsAt: z.number(), opensAgain: z.number().nullable() },
    ...{ tokenId: z.string(), tokenNumber: z.number() },
  })
  .transform(({ tokenId, tokenNumber, startsAt, opensAgain, ...talk }) => ({
    talk: { ...talk, current: { id: tokenId, number: tokenNumber }, startsAt },
    isLate: opensAgain === null,
  }));

/**
 * Begins to open those whose moment has come, as `beginOpening` does for a host: whoever moves or deletes a talk before
 * that keeps it shut. One that can't be opened has its turn again until it starts; one that is found too late has none.
 */
export async function takeDue(db: D1Database, now: number): Promise<DueTalks> {
  const { results } = await db
    .prepare(
      `UPDATE talks SET opening_at = ?1, due_at = ?1 + ?3,
         open_at = iif(starts_at < ?1 - ?4, NULL, ${nextTurn("starts_at - opens_before * 60000", "?1", RETRY_MS)})
       WHERE id IN (SELECT id FROM talks
         WHERE open_at IS NOT NULL AND open_at <= ?1 AND started_at IS NULL AND origin IS NOT NULL AND ${isThere}
         ORDER BY open_at LIMIT ?2)
       RETURNING id, session_hash AS session, name, date, origin, deck, starts_at AS startsAt, open_at AS opensAgain,
         token_id AS tokenId, token_number AS tokenNumber`,
    )
    .bind(now, TURNS, OPENING_MS, LATE_MS)
    .all();
  const rows = z.array(Row).parse(results);
  return DueTalks.parse({
    talks: rows.flatMap(({ talk: { current, startsAt, ...talk }, isLate }) =>
      isLate ? [] : [{ ...talk, begun: { current, since: now, startsAt } }],
    ),
  });
}
