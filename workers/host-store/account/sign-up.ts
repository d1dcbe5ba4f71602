import type { Account, SignUp, SignUpMode } from "../../../shared/protocol/host/account.ts";
import { type Entrant, toEmailKey } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createId, hashSecret } from "../../lib/random.ts";
import type { Store } from "../store.ts";
import { forgetAccount } from "./account-cache.ts";
import { readAccount } from "./accounts.ts";
import { insertPasskey, openNewPasskey } from "./passkeys.ts";
import { hashPassword } from "./password.ts";
import { logSignIn } from "./sign-in-log.ts";
import { signBrowserIn } from "./sign-ins.ts";
import { sweep } from "./sweep.ts";
import { type PasskeyKey, passkeyFailed } from "./webauthn.ts";

/**
 * Makes an account and signs its browser in. An invitation decides email and role, and is used up; it can't be used
 * twice, and is still good where no account was made.
 * @throws `sign_up_refused`, whatever the reason; `sign_in_failed` where the passkey does not fit
 */
export async function signUp(
  { db, cache, now, after }: Store,
  request: SignUp,
  mode: SignUpMode,
  entrant: Entrant,
): Promise<Account> {
  const { email, name } = request;
  const invitation = request.link === undefined ? null : await hashSecret(request.link);
  await assertMaySignUp(db, mode, invitation, now);
  const { id, password, key } = await bringWayIn(db, request, invitation, entrant, now);
  // What follows the account is made if it is: they name its id.
  const results = await db.batch([
    db
      .prepare(
        `INSERT INTO accounts (id, email, email_key, name, role, password, created_at, last_seen_at)
         SELECT ?1, email, email_key, ?4, role, ?5, ?6, ?6 FROM (
           SELECT ?2 AS email, ?3 AS email_key, 'host' AS role WHERE ?7 IS NULL
           UNION ALL
           SELECT email, email_key, role FROM links
           WHERE secret_hash = ?7 AND kind = 'invitation' AND expires_at > ?6)
         WHERE NOT EXISTS (SELECT 1 FROM passkeys WHERE passkeys.id = ?8)
         ON CONFLICT DO NOTHING`,
      )
      .bind(id, email, toEmailKey(email), name, password, now, invitation, key?.id ?? null),
    ...(key ? [insertPasskey(db, { key, account: id, name: entrant.visitor.browser }, now)] : []),
    db
      .prepare(
        "DELETE FROM links WHERE secret_hash = ?1 AND EXISTS (SELECT 1 FROM accounts WHERE accounts.id = ?2)",
      )
      .bind(invitation, id),
    ...signBrowserIn(db, { account: id }, entrant, now),
    logSignIn(db, id, "sign-up", entrant, now),
  ]);
  after(sweep(db, now));
  if (results[0]?.meta.changes !== 1) throw refused();
  await forgetAccount(cache, id, results);
  return readAccount(db, id);
}

/** Refuses before anything that takes long. @throws `sign_up_refused` */
export async function assertMaySignUp(
  db: D1Database,
  mode: SignUpMode,
  invitation: string | null,
  now: number,
): Promise<void> {
  if (mode === "closed") throw refused();
  if (mode === "open" && invitation === null) return;
  const found = await db
    .prepare("SELECT 1 FROM links WHERE secret_hash = ?1 AND kind = 'invitation' AND expires_at > ?2")
    .bind(invitation, now)
    .first();
  if (!found) throw refused();
}

interface WayIn {
  /** The new account's id: a passkey holds it already. */
  readonly id: string;
  readonly password: string | null;
  readonly key?: PasskeyKey;
}

async function bringWayIn(
  db: D1Database,
  { email, password, passkey }: SignUp,
  invitation: string | null,
  { site }: Entrant,
  now: number,
): Promise<WayIn> {
  if (password !== undefined) return { id: createId(), password: await hashPassword(password) };
  const { purpose, key } = await openNewPasskey(db, passkey, "sign-up", site, now);
  const isMeant = purpose.emailKey === toEmailKey(email) && purpose.invitation === invitation;
  if (!isMeant) throw passkeyFailed();
  return { id: purpose.account, password: null, key };
}

const refused = () =>
  new ProblemError(
    "sign_up_refused",
    "sign in if you have an account with this email, or ask whoever runs this deployment for an invitation",
  );
