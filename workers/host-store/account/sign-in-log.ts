import * as z from "zod";
import { SignInLog } from "../../../shared/protocol/host/account.schema.ts";
import type { SignInEvent } from "../../../shared/protocol/host/account.ts";
import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import type { Entrant, Visitor } from "../../lib/host-account.ts";

/* What happened at an account's doors. */

/** What happened, at which account, and who did it. */
export interface LoggedEvent {
  readonly account: string;
  readonly event: SignInEvent;
  readonly visitor: Visitor;
  readonly now: number;
}

/** Notes what happened at an account, if it is there. @param when it has happened: SQL with the values from `?6` on */
export const logEvent = (
  db: D1Database,
  { account, event, visitor: { browser, address }, now }: LoggedEvent,
  when = "TRUE",
  ...values: readonly (string | number)[]
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO sign_in_log (account, at, event, browser, address)
       SELECT id, ?2, ?3, ?4, ?5 FROM accounts WHERE id = ?1 AND ${when}`,
    )
    .bind(account, now, event, browser, address, ...values);

/** Notes it if the browser has come in: a statement of the batch that signs it in. */
export const logSignIn = (
  db: D1Database,
  account: string,
  event: SignInEvent,
  { tokenHash, visitor }: Entrant,
  now: number,
): D1PreparedStatement => {
  const isIn = "EXISTS (SELECT 1 FROM sign_ins WHERE token_hash = ?6)";
  return logEvent(db, { account, event, visitor, now }, isIn, tokenHash);
};

const Row = z.object({ id: z.number(), ...SignInLog.shape.events.element.shape });

/** The newest first. @param before the cursor of the page before: ids count up */
export async function readLog(
  db: D1Database,
  account: string,
  now: number,
  before = Number.MAX_SAFE_INTEGER,
): Promise<SignInLog> {
  const { results } = await selectLog(db, account, now - LIMITS.logDays * DAY_MS, before).all();
  const rows = z.array(Row).parse(results);
  const page = rows.slice(0, LIMITS.consolePage);
  const last = page.at(-1);
  return {
    events: page.map(({ id: _, ...event }) => event),
    ...(rows.length > page.length && last && { cursor: String(last.id) }),
  };
}

export const selectLog = (db: D1Database, account: string, since: number, before: number) =>
  db
    .prepare(
      `SELECT id, at, event, browser, address FROM sign_in_log
       WHERE account = ?1 AND id < ?2 AND at > ?3 ORDER BY id DESC LIMIT ?4`,
    )
    .bind(account, before, since, LIMITS.consolePage + 1);
