import * as z from "zod";
import { Account, Passkey, SignedIn } from "../../../shared/protocol/host/account.schema.ts";
import type { Me } from "../../../shared/protocol/host/account.ts";
import type { Store } from "../store.ts";
import { meKey } from "./account-cache.ts";
import { ACCOUNT_COLUMNS, AccountRow, accountGone } from "./accounts.ts";
import { PASSKEY_COLUMNS } from "./passkeys.ts";

/** The same for every browser of an account: which one asks is added to it. */
const Kept = z.object({
  account: Account,
  passkeys: z.array(Passkey),
  browsers: z.array(SignedIn.omit({ isThis: true }).extend({ expiresAt: z.number() })),
});

const json = z.string().transform((text): unknown => JSON.parse(text));
const Row = AccountRow.extend({
  passkeys: json.pipe(Kept.shape.passkeys),
  browsers: json.pipe(Kept.shape.browsers),
});

/**
 * An account, its passkeys, and the browsers that are signed in to it. @param signIn the one that asks
 * @throws `not_signed_in`
 */
export async function readMe({ db, cache, now }: Store, account: string, signIn: string): Promise<Me> {
  const kept = await cache.read(meKey(account), Kept, async () => {
    const found = await selectMe(db, account).first();
    if (!found) throw accountGone();
    const { passkeys, browsers, ...row } = Row.parse(found);
    return { account: row, passkeys, browsers };
  });
  return {
    account: kept.account,
    passkeys: kept.passkeys,
    signedIn: kept.browsers
      .filter(({ expiresAt }) => expiresAt > now)
      .map(({ expiresAt: _, ...browser }) => ({ ...browser, isThis: browser.id === signIn })),
  };
}

/** One query: a page that is opened asks for it first. */
export const selectMe = (db: D1Database, account: string): D1PreparedStatement =>
  db
    .prepare(
      `SELECT ${ACCOUNT_COLUMNS},
         (SELECT json_group_array(json_object('id', id, 'name', name, 'createdAt', createdAt, 'usedAt', usedAt))
          FROM (SELECT ${PASSKEY_COLUMNS} FROM passkeys WHERE account = ?1 ORDER BY created_at)) AS passkeys,
         (SELECT json_group_array(json_object('id', id, 'browser', browser, 'createdAt', created_at,
            'seenAt', seen_at, 'expiresAt', expires_at))
          FROM (SELECT * FROM sign_ins WHERE account = ?1 ORDER BY created_at DESC)) AS browsers
       FROM accounts WHERE accounts.id = ?1 AND deleting_at IS NULL`,
    )
    .bind(account);
