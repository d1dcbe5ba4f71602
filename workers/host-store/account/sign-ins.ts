import * as z from "zod";
import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import { type Entrant, SignedInAccount } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createId } from "../../lib/random.ts";
import type { Store } from "../store.ts";
import { forgetAccount, meKey, signInKey } from "./account-cache.ts";

/* Browsers that are signed in: rows of `sign_ins`, each named by the hash of what stands in its cookie. */

const Row = SignedInAccount.extend({ expiresAt: z.number() });

/**
 * Who a browser is signed in as. @param isCached whether it may be who it was up to a minute ago: for lists that a page
 * shows, and for nothing else
 * @throws `not_signed_in`
 */
export async function readSignIn(
  { db, cache, now }: Store,
  tokenHash: string,
  isCached: boolean,
): Promise<SignedInAccount> {
  const load = async () => {
    const found = await selectSignIn(db, tokenHash, now).first();
    if (!found) throw notSignedIn();
    return Row.parse(found);
  };
  const row = isCached ? await cache.read(signInKey(tokenHash), Row, load) : await load();
  if (row.expiresAt <= now) throw notSignedIn();
  const { expiresAt: _, ...signedIn } = row;
  return signedIn;
}

export const selectSignIn = (db: D1Database, tokenHash: string, now: number): D1PreparedStatement =>
  db
    .prepare(
      `SELECT sign_ins.account, accounts.role, sign_ins.id AS signIn, sign_ins.expires_at AS expiresAt
       FROM sign_ins JOIN accounts ON accounts.id = sign_ins.account
       WHERE sign_ins.token_hash = ?1 AND sign_ins.expires_at > ?2 AND accounts.deleting_at IS NULL`,
    )
    .bind(tokenHash, now);

const notSignedIn = () => new ProblemError("not_signed_in", "sign in, and try again");

/** An account, and what opens it: where that is not there any more, or was changed meanwhile, nobody comes in. */
export interface Door {
  /** Its id. */
  readonly account: string;
  /** The password, as it is kept. */
  readonly password?: string;
  readonly passkey?: { readonly id: string; readonly counter: number };
  /** A recovery link, by the hash of its secret. */
  readonly recovery?: string;
}

/**
 * Signs a browser in, in place of what it was signed in to before; whichever was signed in first goes, where there are
 * too many. Statements of one batch: the first one changes a row, or the door was closed.
 */
export function signBrowserIn(
  db: D1Database,
  { account, password, passkey, recovery }: Door,
  { tokenHash, replaces, visitor }: Entrant,
  now: number,
): D1PreparedStatement[] {
  const expiresAt = now + LIMITS.signInDays * DAY_MS;
  const opens = [password, passkey?.id, passkey?.counter, recovery].map((value) => value ?? null);
  return [
    db
      .prepare(
        `INSERT INTO sign_ins (token_hash, id, account, browser, created_at, seen_at, expires_at)
         SELECT ?1, ?2, id, ?3, ?4, ?4, ?5 FROM accounts
         WHERE id = ?6 AND deleting_at IS NULL
           AND (?7 IS NULL OR password = ?7)
           AND (?8 IS NULL OR EXISTS (
             SELECT 1 FROM passkeys WHERE passkeys.id = ?8 AND passkeys.account = ?6 AND counter = ?9))
           AND (?10 IS NULL OR EXISTS (
             SELECT 1 FROM links WHERE secret_hash = ?10 AND kind = 'recovery' AND links.expires_at > ?4))`,
      )
      .bind(tokenHash, createId(), visitor.browser, now, expiresAt, account, ...opens),
    db
      .prepare(
        `DELETE FROM sign_ins
         WHERE token_hash = ?1 AND EXISTS (SELECT 1 FROM sign_ins AS new WHERE new.token_hash = ?2)
         RETURNING token_hash, account`,
      )
      .bind(replaces ?? null, tokenHash),
    db
      .prepare(
        `DELETE FROM sign_ins WHERE token_hash IN (
           SELECT token_hash FROM sign_ins WHERE account = ?1
           ORDER BY created_at DESC, rowid DESC LIMIT -1 OFFSET ?2)
         RETURNING token_hash`,
      )
      .bind(account, LIMITS.signIns),
    db
      .prepare(
        `UPDATE accounts SET last_seen_at = ?3
         WHERE id = ?1 AND EXISTS (SELECT 1 FROM sign_ins WHERE token_hash = ?2)`,
      )
      .bind(account, tokenHash, now),
  ];
}

const Renewed = z.object({ account: z.string() });

/** Keeps a browser signed in for as long again: it is in use. */
export async function renewSignIn({ db, cache, now }: Store, tokenHash: string): Promise<void> {
  const [renewed] = await db.batch([
    db
      .prepare(
        `UPDATE sign_ins SET seen_at = ?2, expires_at = ?3 WHERE token_hash = ?1 AND expires_at > ?2
         RETURNING account`,
      )
      .bind(tokenHash, now, now + LIMITS.signInDays * DAY_MS),
    db
      .prepare(
        `UPDATE accounts SET last_seen_at = ?2
         WHERE id = (SELECT account FROM sign_ins WHERE token_hash = ?1)`,
      )
      .bind(tokenHash, now),
  ]);
  const row = Renewed.safeParse(renewed?.results[0]);
  // Or whoever reads it within the next minute would find it unseen, and note it once more.
  if (row.success) await cache.forget(meKey(row.data.account), signInKey(tokenHash));
}

/** Signs one browser of an account out, by what lists call it. @throws `not_found` */
export async function removeBrowser({ db, cache }: Store, account: string, id: string): Promise<void> {
  const removed = await db
    .prepare("DELETE FROM sign_ins WHERE id = ?1 AND account = ?2 RETURNING token_hash")
    .bind(id, account)
    .run();
  if (removed.meta.changes !== 1) {
    throw new ProblemError("not_found", "this browser is not signed in, or not any more");
  }
  await forgetAccount(cache, account, [removed]);
}
