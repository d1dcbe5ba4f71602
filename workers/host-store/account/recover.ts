import type { Account, Recover } from "../../../shared/protocol/host/account.ts";
import type { Entrant } from "../../lib/host-account.ts";
import { hashSecret } from "../../lib/random.ts";
import type { Store } from "../store.ts";
import { forgetAccount } from "./account-cache.ts";
import { readAccount } from "./accounts.ts";
import { readRecovered } from "./links.ts";
import { explainRefusal, insertPasskey, openNewPasskey } from "./passkeys.ts";
import { hashPassword } from "./password.ts";
import { logSignIn } from "./sign-in-log.ts";
import { type Door, signBrowserIn } from "./sign-ins.ts";
import { passkeyFailed } from "./webauthn.ts";

/**
 * Gives an account another way in, by a link that is used up: all of it happens, or nothing does. It is the only one
 * then: every browser is signed out but this one, and the password and the passkeys of before open nothing. Whoever has
 * lost their way in, or has others in it, can't tell those apart; whoever handed the link out has.
 * @throws `link_not_valid`, `sign_in_failed`, `conflict`
 */
export async function recover(
  { db, cache, now }: Store,
  request: Recover,
  entrant: Entrant,
): Promise<Account> {
  const recovery = await hashSecret(request.link);
  const { id: account } = await readRecovered(db, recovery, now);
  const { insert, door } =
    request.password === undefined
      ? await bringPasskey(db, request.passkey, account, recovery, entrant, now)
      : await bringPassword(db, request.password, account, recovery, now);
  // What follows the sign-in happens if it does: it takes link and way in.
  const results = await db.batch([
    insert,
    ...signBrowserIn(db, door, entrant, now),
    // The password of before goes, also where a passkey takes its place.
    db
      .prepare(`UPDATE accounts SET password = ?3 WHERE id = ?1 AND ${IS_IN}`)
      .bind(account, entrant.tokenHash, door.password ?? null),
    db
      .prepare(`DELETE FROM passkeys WHERE account = ?1 AND id IS NOT ?3 AND ${IS_IN}`)
      .bind(account, entrant.tokenHash, door.passkey?.id ?? null),
    db
      .prepare(
        `DELETE FROM sign_ins WHERE account = ?1 AND token_hash <> ?2 AND ${IS_IN} RETURNING token_hash`,
      )
      .bind(account, entrant.tokenHash),
    db.prepare(`DELETE FROM links WHERE secret_hash = ?1 AND ${IS_IN}`).bind(recovery, entrant.tokenHash),
    logSignIn(db, account, "recovery", entrant, now),
  ]);
  if (results[1]?.meta.changes === 1) {
    await forgetAccount(cache, account, results);
    return readAccount(db, account);
  }
  await readRecovered(db, recovery, now);
  throw await explainRefusal(db, account);
}

/** That the browser with this token has come in by the link. */
const IS_IN = "EXISTS (SELECT 1 FROM sign_ins AS new WHERE new.token_hash = ?2)";

interface WayIn {
  /** Statement that gives it to the account, as long as the link is good. */
  readonly insert: D1PreparedStatement;
  readonly door: Door;
}

async function bringPassword(
  db: D1Database,
  password: string,
  account: string,
  recovery: string,
  now: number,
): Promise<WayIn> {
  const kept = await hashPassword(password);
  const insert = db
    .prepare(
      `UPDATE accounts SET password = ?1 WHERE id = ?2 AND deleting_at IS NULL AND EXISTS (
         SELECT 1 FROM links WHERE secret_hash = ?3 AND kind = 'recovery' AND expires_at > ?4)`,
    )
    .bind(kept, account, recovery, now);
  return { insert, door: { account, recovery, password: kept } };
}

async function bringPasskey(
  db: D1Database,
  passkey: unknown,
  account: string,
  recovery: string,
  { site, visitor }: Entrant,
  now: number,
): Promise<WayIn> {
  const { purpose, key } = await openNewPasskey(db, passkey, "recover", site, now);
  if (purpose.account !== account || purpose.recovery !== recovery) throw passkeyFailed();
  const insert = insertPasskey(db, { key, account, name: visitor.browser, recovery }, now);
  return { insert, door: { account, recovery, passkey: key } };
}
