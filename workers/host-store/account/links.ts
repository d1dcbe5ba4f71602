import * as z from "zod";
import { LinkAnswer as LinkAnswerSchema } from "../../../shared/protocol/host/account.schema.ts";
import type { AccountRole, LinkAnswer, NewInvitation } from "../../../shared/protocol/host/account.ts";
import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import { type CreatedLink, toEmailKey } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createSecret, hashSecret } from "../../lib/random.ts";
import { AccountRow, selectAccount } from "./accounts.ts";

/* One-time links: invitations, and recoveries for those who have lost their way in. */

const LASTS_MS = { invitation: LIMITS.invitationDays * DAY_MS, recovery: LIMITS.recoveryDays * DAY_MS };

export interface NewLink {
  readonly kind: LinkAnswer["kind"];
  readonly email: string;
  readonly role: AccountRole;
}

/** A new link; the one before of the same kind, for the same email, is worth nothing any more. */
export async function createLink(
  db: D1Database,
  { kind, email, role }: NewLink,
  now: number,
): Promise<CreatedLink> {
  const secret = createSecret();
  const expiresAt = now + LASTS_MS[kind];
  const emailKey = toEmailKey(email);
  await db.batch([
    db.prepare("DELETE FROM links WHERE email_key = ?1 AND kind = ?2").bind(emailKey, kind),
    db
      .prepare(
        `INSERT INTO links (secret_hash, kind, email, email_key, role, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
      )
      .bind(await hashSecret(secret), kind, email, emailKey, role, now, expiresAt),
  ]);
  return { secret, expiresAt };
}

/** What a link is for, by the hash of its secret; it stays good. @throws `link_not_valid` */
export async function readLink(db: D1Database, secretHash: string, now: number): Promise<LinkAnswer> {
  const found = await db
    .prepare(
      `SELECT kind, email, expires_at AS expiresAt FROM links WHERE secret_hash = ?1 AND expires_at > ?2`,
    )
    .bind(secretHash, now)
    .first();
  if (!found) throw linkNotValid();
  return LinkAnswerSchema.parse(found);
}

/** An invitation for somebody who has no account. @throws `conflict` */
export async function invite(
  db: D1Database,
  { email, role }: NewInvitation,
  now: number,
): Promise<CreatedLink> {
  const taken = await db
    .prepare("SELECT 1 FROM accounts WHERE email_key = ?1")
    .bind(toEmailKey(email))
    .first();
  if (taken) throw new ProblemError("conflict", "this email has an account: make a recovery link instead");
  return createLink(db, { kind: "invitation", email, role }, now);
}

/** A recovery for an account that is there. @throws `account_not_found` */
export async function createRecovery(db: D1Database, account: string, now: number): Promise<CreatedLink> {
  const found = await selectAccount(db, account).first();
  if (!found) throw new ProblemError("account_not_found", "it is not there any more");
  const { email, role } = AccountRow.parse(found);
  return createLink(db, { kind: "recovery", email, role }, now);
}

const Recovered = z.object({ id: z.string(), email: z.string(), name: z.string() });

/** Whose account a recovery link opens. @throws `link_not_valid` */
export async function readRecovered(
  db: D1Database,
  secretHash: string,
  now: number,
): Promise<z.infer<typeof Recovered>> {
  const found = await db
    .prepare(
      `SELECT accounts.id, accounts.email, accounts.name
       FROM links JOIN accounts ON accounts.email_key = links.email_key
       WHERE secret_hash = ?1 AND kind = 'recovery' AND expires_at > ?2 AND deleting_at IS NULL`,
    )
    .bind(secretHash, now)
    .first();
  if (!found) throw linkNotValid();
  return Recovered.parse(found);
}

export const linkNotValid = () =>
  new ProblemError("link_not_valid", "it was used, has ended, or a newer one was made: ask for a new link");
