import * as z from "zod";
import { Passkey } from "../../../shared/protocol/host/account.schema.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { Site, Visitor } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import type { Store } from "../store.ts";
import { forgetAccount } from "./account-cache.ts";
import { accountGone } from "./accounts.ts";
import { type ChallengePurpose, type PurposeOf, useChallenge } from "./challenges.ts";
import { logEvent } from "./sign-in-log.ts";
import { type PasskeyKey, passkeyFailed, readChallenge, verifyRegistration } from "./webauthn.ts";

/* Passkeys of accounts. */

/** What its host may know of one. */
export const PASSKEY_COLUMNS = "id, name, created_at AS createdAt, used_at AS usedAt";

/** A passkey that a browser has just made, and the challenge that it was made for. @throws `sign_in_failed` */
export async function openNewPasskey<Kind extends Exclude<ChallengePurpose["for"], "sign-in">>(
  db: D1Database,
  passkey: unknown,
  kind: Kind,
  site: Site,
  now: number,
): Promise<{ purpose: PurposeOf<Kind>; key: PasskeyKey }> {
  const challenge = readChallenge(passkey);
  const purpose = await useChallenge(db, challenge, kind, now);
  if (!purpose) throw passkeyFailed();
  return { purpose, key: await verifyRegistration(passkey, challenge, site) };
}

/** What is needed for inserting a passkey. */
export interface NewPasskey {
  readonly key: PasskeyKey;
  readonly account: string;
  readonly name: string;
  /** A recovery link without which it is not inserted, by the hash of its secret: it takes the place of all others. */
  readonly recovery?: string;
  /** A browser without which it is not inserted: it may have been signed out meanwhile. */
  readonly signIn?: string;
}

/** Changes no row where the account has no room, is being erased, or somebody has this passkey already. */
export const insertPasskey = (
  db: D1Database,
  { key, account, name, recovery, signIn }: NewPasskey,
  now: number,
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO passkeys (id, account, public_key, counter, transports, name, created_at)
       SELECT ?1, accounts.id, ?2, ?3, ?4, ?5, ?6 FROM accounts
       WHERE accounts.id = ?7 AND deleting_at IS NULL
         AND (?9 IS NOT NULL OR (SELECT count(*) FROM passkeys WHERE account = ?7) < ?8)
         AND (?9 IS NULL OR EXISTS (
           SELECT 1 FROM links WHERE secret_hash = ?9 AND kind = 'recovery' AND expires_at > ?6))
         AND (?10 IS NULL OR EXISTS (
           SELECT 1 FROM sign_ins WHERE sign_ins.id = ?10 AND sign_ins.account = ?7))
       ON CONFLICT DO NOTHING`,
    )
    .bind(
      key.id,
      key.publicKey,
      key.counter,
      JSON.stringify(key.transports),
      name,
      now,
      account,
      LIMITS.passkeys,
      recovery ?? null,
      signIn ?? null,
    );

/** Who adds a passkey: one that is made where nobody is signed in any more gives no way in. */
export interface PasskeyOwner {
  readonly account: string;
  /** The browser in which they are signed in. */
  readonly signIn: string;
  readonly site: Site;
  readonly visitor: Visitor;
}

/** Another passkey for an account. @throws `sign_in_failed`, `not_signed_in`, `limit_reached`, `conflict` */
export async function addPasskey(
  { db, cache, now }: Store,
  { passkey, name }: { readonly passkey: unknown; readonly name: string },
  { account, signIn, site, visitor }: PasskeyOwner,
): Promise<Passkey> {
  const { purpose, key } = await openNewPasskey(db, passkey, "add", site, now);
  if (purpose.account !== account) throw passkeyFailed();
  const [inserted] = await db.batch([
    insertPasskey(db, { key, account, name, signIn }, now),
    logEvent(
      db,
      { account, event: "passkey-added", visitor, now },
      "EXISTS (SELECT 1 FROM passkeys WHERE passkeys.id = ?6 AND passkeys.created_at = ?7)",
      key.id,
      now,
    ),
  ]);
  if (inserted?.meta.changes !== 1) throw await explainRefusal(db, account, signIn);
  await forgetAccount(cache, account);
  return { id: key.id, name, createdAt: now, usedAt: null };
}

/** Why a passkey was not inserted. @param signIn the browser that had to be signed in */
export async function explainRefusal(
  db: D1Database,
  account: string,
  signIn?: string,
): Promise<ProblemError> {
  if (signIn !== undefined && !(await isIn(db, account, signIn))) return accountGone();
  const passkeys = await listPasskeys(db, account);
  return passkeys.length >= LIMITS.passkeys
    ? new ProblemError("limit_reached", `an account has up to ${LIMITS.passkeys} passkeys: remove one first`)
    : new ProblemError("conflict", "this passkey is in use already");
}

const isIn = async (db: D1Database, account: string, signIn: string): Promise<boolean> => {
  const isThere = db.prepare("SELECT 1 FROM sign_ins WHERE id = ?1 AND account = ?2");
  return (await isThere.bind(signIn, account).first()) !== null;
};

/** An account's passkeys, the oldest first. */
export async function listPasskeys(db: D1Database, account: string): Promise<Passkey[]> {
  const { results } = await db
    .prepare(`SELECT ${PASSKEY_COLUMNS} FROM passkeys WHERE account = ?1 ORDER BY created_at`)
    .bind(account)
    .all();
  return z.array(Passkey).parse(results);
}

/** Whether it is the account's, and not its only way in. */
const isRemovable = (id: string, account: string): string =>
  `EXISTS (SELECT 1 FROM passkeys AS own WHERE own.id = ${id} AND own.account = ${account}) AND (
     EXISTS (SELECT 1 FROM accounts AS owner WHERE owner.id = ${account} AND owner.password IS NOT NULL)
     OR (SELECT count(*) FROM passkeys AS others WHERE others.account = ${account}) > 1)`;

/** Whoever has signed in with it stays signed in. @throws `last_way_in`, `not_found` */
export async function removePasskey(
  { db, cache, now }: Store,
  account: string,
  id: string,
  visitor: Visitor,
): Promise<void> {
  const [, removed] = await db.batch([
    logEvent(db, { account, event: "passkey-removed", visitor, now }, isRemovable("?6", "?1"), id),
    db.prepare(`DELETE FROM passkeys WHERE id = ?1 AND ${isRemovable("?1", "?2")}`).bind(id, account),
  ]);
  if (removed?.meta.changes === 1) return forgetAccount(cache, account);
  const passkeys = await listPasskeys(db, account);
  if (!passkeys.some((passkey) => passkey.id === id)) {
    throw new ProblemError("not_found", "the account has no such passkey");
  }
  throw new ProblemError("last_way_in", "set a password or add another passkey first");
}
