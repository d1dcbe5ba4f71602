import * as z from "zod";
import { Passkey, SignedIn } from "../../../shared/protocol/host/account.schema.ts";
import type { Me } from "../../../shared/protocol/host/account.ts";
import { AccountRow, accountGone, selectAccount } from "./accounts.ts";
import { selectPasskeys } from "./passkeys.ts";

const BrowserRow = SignedIn.omit({ isThis: true });

/** An account, its passkeys, and the browsers that are signed in to it. @param signIn the one that asks */
export async function readMe(db: D1Database, account: string, signIn: string, now: number): Promise<Me> {
  const [accounts, passkeys, browsers] = await db.batch([
    selectAccount(db, account),
    selectPasskeys(db, account),
    db
      .prepare(
        `SELECT id, browser, created_at AS createdAt, seen_at AS seenAt
         FROM sign_ins WHERE account = ?1 AND expires_at > ?2 ORDER BY created_at DESC`,
      )
      .bind(account, now),
  ]);
  const found = accounts?.results[0];
  if (!found) throw accountGone();
  return {
    account: AccountRow.parse(found),
    passkeys: z.array(Passkey).parse(passkeys?.results),
    signedIn: z
      .array(BrowserRow)
      .parse(browsers?.results)
      .map((browser) => ({ ...browser, isThis: browser.id === signIn })),
  };
}
