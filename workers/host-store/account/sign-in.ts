import * as z from "zod";
import type { Account, SignIn } from "../../../shared/protocol/host/account.ts";
import { type Entrant, toEmailKey } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { ACCOUNT_COLUMNS, AccountRow } from "./accounts.ts";
import { attemptKey, countAttempt, forgetAttempts } from "./attempts.ts";
import { hashPassword, isOutdated, isPassword } from "./password.ts";
import { logEvent } from "./sign-in-log.ts";
import { signBrowserIn } from "./sign-ins.ts";

/** What goes on after the answer. */
type After = (work: Promise<unknown>) => void;

const Found = AccountRow.extend({ kept: z.string().nullable() });

/**
 * Signs a browser in. No account, another password, an account without one: the answer is the same, and so is the work.
 * @throws `sign_in_failed`, `too_many_attempts`
 */
export async function signIn(
  db: D1Database,
  { email, password }: SignIn,
  entrant: Entrant,
  now: number,
  after: After,
): Promise<Account> {
  if (email === undefined || password === undefined) throw failed();
  const emailKey = toEmailKey(email);
  const attempt = await attemptKey(emailKey, entrant.visitor);
  await countAttempt(db, attempt, now);

  const row = await db
    .prepare(
      `SELECT ${ACCOUNT_COLUMNS}, password AS kept FROM accounts WHERE email_key = ?1 AND deleting_at IS NULL`,
    )
    .bind(emailKey)
    .first();
  const found = row ? Found.parse(row) : undefined;
  const kept = found?.kept ?? null;
  if (!(await isPassword(password, kept)) || !found || kept === null) {
    // After the answer, which would take longer where there is something to note.
    if (found) after(logEvent(db, found.id, "failed", entrant.visitor, now).run());
    throw failed();
  }

  const [, signedIn] = await db.batch([
    ...signBrowserIn(db, { account: found.id, password: kept }, entrant, now),
    forgetAttempts(db, attempt),
    logEvent(db, found.id, "password", entrant.visitor, now),
  ]);
  if (signedIn?.meta.changes !== 1) throw failed();
  if (isOutdated(kept)) after(rehash(db, found.id, password, kept));
  const { kept: _, ...account } = found;
  return account;
}

async function rehash(db: D1Database, account: string, password: string, kept: string): Promise<void> {
  const update = db.prepare("UPDATE accounts SET password = ?3 WHERE id = ?1 AND password = ?2");
  await update.bind(account, kept, await hashPassword(password)).run();
}

const failed = () =>
  new ProblemError(
    "sign_in_failed",
    "check email and password; who has lost theirs asks an admin for a link",
  );
