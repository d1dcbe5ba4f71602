import * as z from "zod";
import { AccountRole } from "../../../shared/protocol/host/account.schema.ts";
import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import type { Entrant, SignedInAccount } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createId } from "../../lib/random.ts";

/* Browsers that are signed in: rows of `sign_ins`, each named by the hash of what stands in its cookie. */

const Row = z.object({ account: z.string(), role: AccountRole, signIn: z.string() });

/** Who a browser is signed in as. @throws `not_signed_in` */
export async function readSignIn(db: D1Database, tokenHash: string, now: number): Promise<SignedInAccount> {
  const found = await db
    .prepare(
      `SELECT sign_ins.account, accounts.role, sign_ins.id AS signIn
       FROM sign_ins JOIN accounts ON accounts.id = sign_ins.account
       WHERE sign_ins.token_hash = ?1 AND sign_ins.expires_at > ?2 AND accounts.deleting_at IS NULL`,
    )
    .bind(tokenHash, now)
    .first();
  if (!found) throw new ProblemError("not_signed_in", "sign in, and try again");
  return Row.parse(found);
}

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
         WHERE token_hash = ?1 AND EXISTS (SELECT 1 FROM sign_ins AS new WHERE new.token_hash = ?2)`,
      )
      .bind(replaces ?? null, tokenHash),
    db
      .prepare(
        `DELETE FROM sign_ins WHERE token_hash IN (
           SELECT token_hash FROM sign_ins WHERE account = ?1
           ORDER BY created_at DESC, rowid DESC LIMIT -1 OFFSET ?2)`,
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
