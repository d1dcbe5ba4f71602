import * as z from "zod";
import type { Accounts } from "../../../shared/protocol/host/account.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { ACCOUNT_COLUMNS, AccountRow } from "./accounts.ts";

const isTrue = z.number().transform((is) => is === 1);

const ListedRow = AccountRow.extend({
  lastSeenAt: z.number(),
  talks: z.number(),
  decks: z.number(),
  bytes: z.number(),
  isDeleting: isTrue,
});

/** After which account a page begins: `{createdAt}.{id}`. */
const CURSOR = /^(\d{1,16})\.([\w-]{22})$/;
/** Before it stands every account there is. */
const START = "9999999999999999.zzzzzzzzzzzzzzzzzzzzzz";

/** All accounts and how much each uses, the newest first. @throws `invalid_request` */
export async function listAccounts(db: D1Database, cursor = START): Promise<Accounts> {
  const [, createdAt, id] = CURSOR.exec(cursor) ?? [];
  if (createdAt === undefined || id === undefined) {
    throw new ProblemError("invalid_request", "this cursor is none of ours");
  }
  const { results } = await selectAccounts(db, Number(createdAt), id).all();
  const rows = z.array(ListedRow).parse(results);
  const accounts = rows.slice(0, LIMITS.consolePage);
  const last = accounts.at(-1);
  return {
    accounts,
    ...(rows.length > accounts.length && last && { cursor: `${last.createdAt}.${last.id}` }),
  };
}

export const selectAccounts = (db: D1Database, createdAt: number, id: string): D1PreparedStatement =>
  db
    .prepare(
      `SELECT ${ACCOUNT_COLUMNS}, accounts.last_seen_at AS lastSeenAt,
         accounts.deleting_at IS NOT NULL AS isDeleting, accounts.talks, accounts.decks, accounts.deck_bytes AS bytes
       FROM accounts WHERE (accounts.created_at, accounts.id) < (?1, ?2)
       ORDER BY accounts.created_at DESC, accounts.id DESC LIMIT ?3`,
    )
    .bind(createdAt, id, LIMITS.consolePage + 1);
