import * as z from "zod";
import { VanishingAccounts } from "../../lib/host-talk.ts";
import { eraseDeck } from "../deck/erase.ts";

/*
 * What an account holds goes before the account: api erases its talks with their sessions, then all of this in pages.
 * The account's row goes last, so that whoever finds one that is marked goes on.
 */

/** Accounts, decks and rows of the log that one call takes. */
const ACCOUNTS = 5;
const DECKS = 5;
const LOGGED = 1000;

/** Those that somebody has begun to erase, the oldest first. */
export async function listVanishing(db: D1Database): Promise<z.infer<typeof VanishingAccounts>> {
  const { results } = await db
    .prepare("SELECT id FROM accounts WHERE deleting_at IS NOT NULL ORDER BY deleting_at LIMIT ?1")
    .bind(ACCOUNTS)
    .all();
  return VanishingAccounts.parse({ accounts: results.map(({ id }) => id) });
}

const Ids = z.array(z.object({ id: z.string() }));
const isMarked = "EXISTS (SELECT 1 FROM accounts WHERE id = ?1 AND deleting_at IS NOT NULL)";

/** Erases a page of what an account holds that is marked, and at last itself. @returns whether something is left */
export async function eraseAccount(env: HostStoreEnv, account: string): Promise<boolean> {
  const db = env.HOST_DB;
  const { results } = await db
    .prepare(`SELECT id FROM decks WHERE account = ?1 AND ${isMarked} LIMIT ?2`)
    .bind(account, DECKS)
    .all();
  const decks = Ids.parse(results);
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
