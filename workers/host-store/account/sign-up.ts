import type { Account, SignUp, SignUpMode } from "../../../shared/protocol/host/account.ts";
import { type Entrant, toEmailKey } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createId, hashSecret } from "../../lib/random.ts";
import { ACCOUNT_COLUMNS, AccountRow } from "./accounts.ts";
import { hashPassword } from "./password.ts";
import { logEvent } from "./sign-in-log.ts";
import { signBrowserIn } from "./sign-ins.ts";

/**
 * Makes an account and signs its browser in. An invitation decides email and role, and is used up; it can't be used
 * twice, and is still good where no account was made.
 * @throws `sign_up_refused`, whatever the reason
 */
export async function signUp(
  db: D1Database,
  { email, name, password, link }: SignUp,
  mode: SignUpMode,
  entrant: Entrant,
  now: number,
): Promise<Account> {
  const invitation = link === undefined ? null : await hashSecret(link);
  await assertMaySignUp(db, mode, invitation, now);
  if (password === undefined) throw new ProblemError("sign_in_failed", "sign up with a password");

  const id = createId();
  const kept = await hashPassword(password);
  const insert =
    invitation === null
      ? db
          .prepare(
            `INSERT INTO accounts (id, email, email_key, name, role, password, created_at, last_seen_at)
             VALUES (?1, ?2, ?3, ?4, 'host', ?5, ?6, ?6) ON CONFLICT DO NOTHING`,
          )
          .bind(id, email, toEmailKey(email), name, kept, now)
      : db
          .prepare(
            `INSERT INTO accounts (id, email, email_key, name, role, password, created_at, last_seen_at)
             SELECT ?1, email, email_key, ?2, role, ?3, ?4, ?4 FROM links
             WHERE secret_hash = ?5 AND kind = 'invitation' AND expires_at > ?4 ON CONFLICT DO NOTHING`,
          )
          .bind(id, name, kept, now, invitation);
  const [inserted, account] = await db.batch([
    insert,
    db.prepare(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE id = ?1`).bind(id),
    db
      .prepare(
        "DELETE FROM links WHERE secret_hash = ?1 AND EXISTS (SELECT 1 FROM accounts WHERE accounts.id = ?2)",
      )
      .bind(invitation, id),
    ...signBrowserIn(db, { account: id }, entrant, now),
    logEvent(db, id, "sign-up", entrant.visitor, now),
  ]);
  if (inserted?.meta.changes !== 1) throw refused();
  return AccountRow.parse(account?.results[0]);
}

/** Refuses before anything is hashed: that takes long. @throws `sign_up_refused` */
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

const refused = () =>
  new ProblemError(
    "sign_up_refused",
    "sign in if you have an account with this email, or ask whoever runs this deployment for an invitation",
  );
