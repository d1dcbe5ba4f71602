import * as z from "zod";
import type { SignOut } from "../../../shared/protocol/host/account.ts";
import type { Visitor } from "../../lib/host-account.ts";
import type { Store } from "../store.ts";
import { forgetAccount } from "./account-cache.ts";
import { logEvent } from "./sign-in-log.ts";

const Row = z.object({ account: z.string() });

/** Signs a browser out, or all of its account's. Nobody is signed in with this cookie any more, whoever was before. */
export async function signOut(
  { db, cache, now }: Store,
  tokenHash: string,
  { everywhere }: SignOut,
  visitor: Visitor,
): Promise<void> {
  const found = await db
    .prepare("SELECT account FROM sign_ins WHERE token_hash = ?1 AND expires_at > ?2")
    .bind(tokenHash, now)
    .first();
  if (!found) return;
  const { account } = Row.parse(found);
  const results = await db.batch([
    everywhere
      ? db.prepare("DELETE FROM sign_ins WHERE account = ?1 RETURNING token_hash").bind(account)
      : db.prepare("DELETE FROM sign_ins WHERE token_hash = ?1 RETURNING token_hash").bind(tokenHash),
    logEvent(db, { account, event: everywhere ? "sign-out-everywhere" : "sign-out", visitor, now }),
  ]);
  await forgetAccount(cache, account, results);
}
