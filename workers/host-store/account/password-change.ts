import * as z from "zod";
import type { PasswordChange } from "../../../shared/protocol/host/account.ts";
import type { Visitor } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import type { Store } from "../store.ts";
import { forgetAccount } from "./account-cache.ts";
import { accountGone } from "./accounts.ts";
import { attemptKey, countAttempt, forgetAttempts } from "./attempts.ts";
import { hashPassword, isPassword } from "./password.ts";
import { logEvent } from "./sign-in-log.ts";

const Row = z.object({ password: z.string().nullable() });

/** Who changes it. */
export interface PasswordOwner {
  readonly account: string;
  /** The browser that stays signed in. */
  readonly signIn: string;
  readonly visitor: Visitor;
}

/**
 * Every other browser is signed out. Whoever has found an open browser needs the password, and guesses it no faster than
 * anybody who signs in.
 * @throws `sign_in_failed`, `too_many_attempts`
 */
export async function changePassword(
  { db, cache, now, after }: Store,
  { password, current }: PasswordChange,
  { account, signIn, visitor }: PasswordOwner,
): Promise<void> {
  const found = await db
    .prepare("SELECT password FROM accounts WHERE id = ?1 AND deleting_at IS NULL")
    .bind(account)
    .first();
  if (!found) throw accountGone();
  const { password: kept } = Row.parse(found);
  // By its id: who guesses at the door, from the same address, keeps nobody inside waiting.
  const attempt = await attemptKey(account, visitor);
  if (kept !== null) {
    await countAttempt(db, attempt, now);
    if (!(await isPassword(current ?? "", kept))) {
      after(logEvent(db, { account, event: "failed", visitor, now }).run());
      throw failed();
    }
  }
  const next = await hashPassword(password);
  const results = await db.batch([
    db
      .prepare(
        `UPDATE accounts SET password = ?3 WHERE id = ?1 AND password IS ?2 AND deleting_at IS NULL
           AND EXISTS (SELECT 1 FROM sign_ins WHERE sign_ins.id = ?4 AND sign_ins.account = ?1)`,
      )
      .bind(account, kept, next, signIn),
    db
      .prepare(
        `DELETE FROM sign_ins WHERE account = ?1 AND id <> ?2
           AND EXISTS (SELECT 1 FROM accounts WHERE accounts.id = ?1 AND password = ?3)
         RETURNING token_hash`,
      )
      .bind(account, signIn, next),
    forgetAttempts(db, attempt),
    logEvent(db, { account, event: "password-changed", visitor, now }, "password = ?6", next),
  ]);
  // Somebody else has changed it meanwhile, or signed this browser out.
  if (results[0]?.meta.changes !== 1) throw failed();
  await forgetAccount(cache, account, results);
}

const failed = () => new ProblemError("sign_in_failed", "the current password is another one");
