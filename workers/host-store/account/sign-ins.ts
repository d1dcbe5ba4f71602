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

/** An account that somebody comes in to. */
export interface Door {
  /** Its id. */
  readonly account: string;
  /** The stored password that let them in: where it was changed meanwhile, it lets nobody in. */
  readonly password?: string;
}

/**
 * Signs a browser in, in place of what it was signed in to before; whichever was signed in first goes, where there are
 * too many. Statements of one batch: the second one changes a row, or the door was closed meanwhile.
 */
export function signBrowserIn(
  db: D1Database,
  { account, password }: Door,
  { tokenHash, replaces, visitor }: Entrant,
  now: number,
): D1PreparedStatement[] {
  const expiresAt = now + LIMITS.signInDays * DAY_MS;
  return [
    db.prepare("DELETE FROM sign_ins WHERE token_hash = ?1").bind(replaces ?? null),
    db
      .prepare(
        `INSERT INTO sign_ins (token_hash, id, account, browser, created_at, seen_at, expires_at)
         SELECT ?1, ?2, id, ?3, ?4, ?4, ?5 FROM accounts
         WHERE id = ?6 AND deleting_at IS NULL AND (?7 IS NULL OR password = ?7)`,
      )
      .bind(tokenHash, createId(), visitor.browser, now, expiresAt, account, password ?? null),
    db
      .prepare(
        `DELETE FROM sign_ins WHERE token_hash IN (
           SELECT token_hash FROM sign_ins WHERE account = ?1
           ORDER BY created_at DESC, rowid DESC LIMIT -1 OFFSET ?2)`,
      )
      .bind(account, LIMITS.signIns),
    db.prepare("UPDATE accounts SET last_seen_at = ?2 WHERE id = ?1").bind(account, now),
  ];
}
