import * as z from "zod";
import { PasskeyJson } from "../../../shared/protocol/host/account.schema.ts";
import type { Account, SignIn } from "../../../shared/protocol/host/account.ts";
import { type Entrant, toEmailKey } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import type { Store } from "../store.ts";
import { forgetAccount } from "./account-cache.ts";
import { ACCOUNT_COLUMNS, AccountRow, readAccount } from "./accounts.ts";
import { attemptKey, countAttempt, forgetAttempts } from "./attempts.ts";
import { useChallenge } from "./challenges.ts";
import { hashPassword, isOutdated, isPassword } from "./password.ts";
import { logEvent, logSignIn } from "./sign-in-log.ts";
import { signBrowserIn } from "./sign-ins.ts";
import { sweep } from "./sweep.ts";
import { passkeyFailed, readChallenge, verifyAuthentication } from "./webauthn.ts";

const Found = AccountRow.extend({ kept: z.string().nullable() });

const KeyRow = z.object({
  id: z.string(),
  account: z.string(),
  publicKey: z.array(z.number()).transform((bytes) => Uint8Array.from(bytes)),
  counter: z.number(),
  transports: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
});

/** Signs a browser in. @throws `sign_in_failed`, `too_many_attempts` */
export function signIn(
  store: Store,
  { email, password, passkey }: SignIn,
  entrant: Entrant,
): Promise<Account> {
  store.after(sweep(store.db, store.now));
  return email !== undefined && password !== undefined
    ? signInByPassword(store, email, password, entrant)
    : signInByPasskey(store, passkey, entrant);
}

/**
 * No account, another password, an account without one: the answer is the same, and so is the work.
 * @throws `sign_in_failed`, `too_many_attempts`
 */
async function signInByPassword(
  { db, cache, now, after }: Store,
  email: string,
  password: string,
  entrant: Entrant,
): Promise<Account> {
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
    if (found)
      after(logEvent(db, { account: found.id, event: "failed", visitor: entrant.visitor, now }).run());
    throw failed();
  }

  const results = await db.batch([
    ...signBrowserIn(db, { account: found.id, password: kept }, entrant, now),
    forgetAttempts(db, attempt),
    logSignIn(db, found.id, "password", entrant, now),
  ]);
  if (results[0]?.meta.changes !== 1) throw failed();
  await forgetAccount(cache, found.id, results);
  if (isOutdated(kept)) after(rehash(db, found.id, password, kept));
  const { kept: _, ...account } = found;
  return account;
}

/** The passkey says whose it is, and nobody waits for it: whoever guesses passwords guesses no passkey. */
async function signInByPasskey(
  { db, cache, now }: Store,
  passkey: unknown,
  entrant: Entrant,
): Promise<Account> {
  const challenge = readChallenge(passkey);
  if (!(await useChallenge(db, challenge, "sign-in", now))) throw passkeyFailed();
  const key = await readKey(db, passkey);
  const { account } = key;
  const counter = await verifyAuthentication(passkey, challenge, entrant.site, key);
  const results = await db.batch([
    // With the counter as it was read: of two that have signed with the same one, one is a copy.
    ...signBrowserIn(db, { account, passkey: key }, entrant, now),
    db
      .prepare(
        `UPDATE passkeys SET counter = ?2, used_at = ?3
         WHERE id = ?1 AND EXISTS (SELECT 1 FROM sign_ins WHERE token_hash = ?4)`,
      )
      .bind(key.id, counter, now, entrant.tokenHash),
    logSignIn(db, account, "passkey", entrant, now),
  ]);
  if (results[0]?.meta.changes !== 1) throw passkeyFailed();
  await forgetAccount(cache, account, results);
  return readAccount(db, account);
}

async function readKey(db: D1Database, passkey: unknown): Promise<z.infer<typeof KeyRow>> {
  const { id } = PasskeyJson.parse(passkey);
  const found = await db
    .prepare("SELECT id, account, public_key AS publicKey, counter, transports FROM passkeys WHERE id = ?1")
    .bind(id)
    .first();
  if (!found) throw passkeyFailed();
  return KeyRow.parse(found);
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
