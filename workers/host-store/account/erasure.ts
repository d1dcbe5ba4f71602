import * as z from "zod";
import { VanishingAccounts } from "../../lib/host-talk.ts";
import { eraseDeck } from "../deck/erase.ts";
import { markAllOf } from "../talk/deletion.ts";
import { nextTurn } from "../turns.ts";

/*
 * What an account holds goes before the account: its talks and decks are marked, and each has its own turn, talks with
 * their sessions by api. The account's row goes last, so that whoever finds one that is marked goes on.
 */

/** Accounts that have a turn in one go, decks and rows of the log that one call takes. */
const TURNS = 2;
const DECKS = 5;
const LOGGED = 1000;

/** Of those that somebody has begun to erase, those whose turn it is: they have had it, whatever comes of it. */
export async function takeVanishing(db: D1Database, now: number): Promise<z.infer<typeof VanishingAccounts>> {
  const { results } = await db
    .prepare(
      `UPDATE accounts SET erase_at = ${nextTurn("deleting_at", "?1")}
       WHERE id IN (SELECT id FROM accounts WHERE deleting_at IS NOT NULL AND erase_at <= ?1
                    ORDER BY erase_at LIMIT ?2)
       RETURNING id`,
    )
    .bind(now, TURNS)
    .all();
  return VanishingAccounts.parse({ accounts: results.map(({ id }) => id) });
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
