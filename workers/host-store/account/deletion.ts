import * as z from "zod";
import type { AccountRole } from "../../../shared/protocol/host/account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import type { Store } from "../store.ts";
import { forgetAccount } from "./account-cache.ts";

/** Somebody else could still look after the deployment. */
const HAS_ANOTHER_ADMIN = `EXISTS (SELECT 1 FROM accounts AS other
  WHERE other.role = 'admin' AND other.deleting_at IS NULL AND other.id <> ?1)`;

/**
 * Marks an account: nobody is signed in to it from now on, or will be, and what looks after such accounts erases what it
 * holds and then itself. Once more changes nothing.
 * @throws `account_not_found`, `conflict` for the last admin
 */
export async function deleteAccount({ db, cache, now }: Store, account: string): Promise<void> {
  const isMarked = "EXISTS (SELECT 1 FROM accounts WHERE accounts.id = ?1 AND deleting_at IS NOT NULL)";
  const results = await db.batch([
    db
      .prepare(
        `UPDATE accounts SET deleting_at = ?2
         WHERE id = ?1 AND deleting_at IS NULL AND (role <> 'admin' OR ${HAS_ANOTHER_ADMIN})`,
      )
      .bind(account, now),
    db.prepare(`DELETE FROM sign_ins WHERE account = ?1 AND ${isMarked} RETURNING token_hash`).bind(account),
    db
      .prepare(
        `DELETE FROM links WHERE ${isMarked}
           AND email_key = (SELECT email_key FROM accounts WHERE accounts.id = ?1)`,
      )
      .bind(account),
  ]);
  if (results[0]?.meta.changes !== 1) await explainRefusal(db, account);
  await forgetAccount(cache, account, results);
}

/** @throws `account_not_found`, `conflict` for the last admin */
export async function changeRole({ db, cache }: Store, account: string, role: AccountRole): Promise<void> {
  const results = await db.batch([
    db
      .prepare(
        `UPDATE accounts SET role = ?2
       WHERE id = ?1 AND deleting_at IS NULL AND (?2 = 'admin' OR role <> 'admin' OR ${HAS_ANOTHER_ADMIN})`,
      )
      .bind(account, role),
    db.prepare("SELECT token_hash FROM sign_ins WHERE account = ?1").bind(account),
  ]);
  if (results[0]?.meta.changes !== 1) await explainRefusal(db, account, "account_not_found");
  await forgetAccount(cache, account, results);
}

const Row = z.object({ deleting_at: z.number().nullable() });

/** Why nothing was changed; an account that is being erased is as good as deleted. */
async function explainRefusal(db: D1Database, account: string, onDeleting?: "account_not_found") {
  const found = await db.prepare("SELECT deleting_at FROM accounts WHERE id = ?1").bind(account).first();
  if (!found) throw accountNotFound();
  if (Row.parse(found).deleting_at === null) {
    throw new ProblemError("conflict", "it is the only admin's account: make somebody else an admin first");
  }
  if (onDeleting) throw accountNotFound();
}

export const accountNotFound = () =>
  new ProblemError("account_not_found", "look it up in the list again: it is not there any more");
