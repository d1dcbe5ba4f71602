import * as z from "zod";
import { Account } from "../../../shared/protocol/host/account.schema.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import type { Store } from "../store.ts";
import { meKey } from "./account-cache.ts";

/* Rows of `accounts`. */

/** What whoever is signed in to an account knows of it. */
export const ACCOUNT_COLUMNS = `accounts.id, accounts.email, accounts.name, accounts.role,
  accounts.password IS NOT NULL AS hasPassword, accounts.created_at AS createdAt`;

/** A row of these columns. */
export const AccountRow = Account.extend({ hasPassword: z.number().transform((is) => is === 1) });

export const selectAccount = (db: D1Database, id: string): D1PreparedStatement =>
  db.prepare(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE id = ?1 AND deleting_at IS NULL`).bind(id);

/** @throws `not_signed_in`: it was there when somebody signed in to it */
export async function readAccount(db: D1Database, id: string): Promise<Account> {
  const found = await selectAccount(db, id).first();
  if (!found) throw accountGone();
  return AccountRow.parse(found);
}

/** @throws `not_signed_in` */
export async function renameAccount({ db, cache }: Store, id: string, name: string): Promise<Account> {
  await db.prepare("UPDATE accounts SET name = ?2 WHERE id = ?1").bind(id, name).run();
  await cache.forget(meKey(id));
  return readAccount(db, id);
}

export const accountGone = () => new ProblemError("not_signed_in", "the account is gone");
