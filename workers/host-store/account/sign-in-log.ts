import type { SignInEvent } from "../../../shared/protocol/host/account.ts";
import type { Visitor } from "../../lib/host-account.ts";

/* What happened at an account's doors. */

/** Notes what happened at an account, if it is there. */
export const logEvent = (
  db: D1Database,
  account: string,
  event: SignInEvent,
  visitor: Visitor,
  now: number,
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO sign_in_log (account, at, event, browser, address)
       SELECT id, ?2, ?3, ?4, ?5 FROM accounts WHERE id = ?1`,
    )
    .bind(account, now, event, visitor.browser, visitor.address);
