import type { SignInEvent } from "../../../shared/protocol/host/account.ts";
import type { Entrant, Visitor } from "../../lib/host-account.ts";

/* What happened at an account's doors. */

/** Notes what happened at an account, if it is there. */
export const logEvent = (
  db: D1Database,
  account: string,
  event: SignInEvent,
  { browser, address }: Visitor,
  now: number,
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO sign_in_log (account, at, event, browser, address)
       SELECT id, ?2, ?3, ?4, ?5 FROM accounts WHERE id = ?1`,
    )
    .bind(account, now, event, browser, address);

/** Notes it if the browser has come in: a statement of the batch that signs it in. */
export const logSignIn = (
  db: D1Database,
  account: string,
  event: SignInEvent,
  { tokenHash, visitor: { browser, address } }: Entrant,
  now: number,
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO sign_in_log (account, at, event, browser, address)
       SELECT account, ?3, ?4, ?5, ?6 FROM sign_ins WHERE token_hash = ?1 AND account = ?2`,
    )
    .bind(tokenHash, account, now, event, browser, address);
