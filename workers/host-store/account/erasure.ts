import * as z from "zod";
import { logFailure } from "../../lib/log-failure.ts";
import { createId } from "../../lib/random.ts";
import { eraseDeck } from "../deck/erase.ts";
import { mark, markAllOf } from "../talk/deletion.ts";
import { nextTurn } from "../turns.ts";

/*
 * What an account holds goes before the account: its talks and decks are marked, and each has its own turn, talks with
 * their sessions by api. The account's row goes last, so that whoever finds one that is marked goes on.
 */

/** Accounts that have a turn in one go, decks and rows of the log that one call takes. */
const TURNS = 2;
const DECKS = 5;
const LOGGED = 1000;

const ITS_TURN = `SELECT id FROM accounts WHERE deleting_at IS NOT NULL AND erase_at <= ?1
  ORDER BY erase_at LIMIT ${TURNS}`;

/** Marks what those hold whose turn comes next: all of it has its own turns from then on. */
export async function markVanishing(db: D1Database, now: number): Promise<void> {
  await db.batch([
    db
      .prepare(`UPDATE talks SET ${mark("?1", "?2")} WHERE deleting_at IS NULL AND account IN (${ITS_TURN})`)
      .bind(now, createId()),
    db
      .prepare(`UPDATE decks SET status = 'deleting' WHERE status <> 'deleting' AND account IN (${ITS_TURN})`)
      .bind(now),
  ]);
}

/** Of those that somebody has begun to erase, those whose turn it is: they have had it, whatever comes of it. */
export async function takeVanishing(db: D1Database, now: number): Promise<readonly string[]> {
  const { results } = await db
    .prepare(
      `UPDATE accounts SET erase_at = ${nextTurn("deleting_at", "?1")} WHERE id IN (${ITS_TURN}) RETURNING id`,
    )
    .bind(now)
    .all();
  return Ids.parse(results).map(({ id }) => id);
}

/** A page of a few of them. */
export async function sweepAccounts(env: HostStoreEnv, now: number): Promise<void> {
  for (const account of await takeVanishing(env.HOST_DB, now)) {
    await eraseAccount(env, account, now).catch((error: unknown) =>
      logFailure("an account was not erased to its end; it has its turn again", error),
    );
  }
}

const Ids = z.array(z.object({ id: z.string() }));
const isMarked = "EXISTS (SELECT 1 FROM accounts WHERE id = ?1 AND deleting_at IS NOT NULL)";

/** Erases a page of what an account holds that is marked, and at last itself. @returns whether something is left */
export async function eraseAccount(env: HostStoreEnv, account: string, now = Date.now()): Promise<boolean> {
  const db = env.HOST_DB;
  const [, , page] = await db.batch([
    markAllOf(db, account, now),
    db
      .prepare(
        `UPDATE decks SET status = 'deleting' WHERE account = ?1 AND status <> 'deleting' AND ${isMarked}`,
      )
      .bind(account),
    db
      .prepare(`SELECT id FROM decks WHERE account = ?1 AND ${isMarked} ORDER BY erase_at, id LIMIT ?2`)
      .bind(account, DECKS),
  ]);
  const decks = Ids.parse(page?.results);
  for (const { id } of decks) await eraseDeck(env, id);
  if (decks.length > 0) return true;
  await db.batch([
    db
      .prepare(
        `DELETE FROM sign_in_log WHERE ${isMarked}
           AND id IN (SELECT id FROM sign_in_log WHERE account = ?1 LIMIT ?2)`,
      )
      .bind(account, LOGGED),
    db.prepare(`DELETE FROM passkeys WHERE account = ?1 AND ${isMarked}`).bind(account),
    db.prepare(`DELETE FROM sign_ins WHERE account = ?1 AND ${isMarked}`).bind(account),
    db
      .prepare(
        `DELETE FROM links WHERE email_key = (
           SELECT email_key FROM accounts WHERE id = ?1 AND deleting_at IS NOT NULL)`,
      )
      .bind(account),
    db
      .prepare(
        `DELETE FROM accounts WHERE id = ?1 AND deleting_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM talks WHERE account = ?1)
           AND NOT EXISTS (SELECT 1 FROM decks WHERE account = ?1)
           AND NOT EXISTS (SELECT 1 FROM sign_in_log WHERE account = ?1)`,
      )
      .bind(account),
  ]);
  return (await db.prepare(`SELECT ${isMarked} AS isLeft`).bind(account).first("isLeft")) === 1;
}
