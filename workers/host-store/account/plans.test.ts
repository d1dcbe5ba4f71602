import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createId, createSecret, hashSecret } from "../../lib/random.ts";
import { HostCache } from "../cache.ts";
import type { Store } from "../store.ts";
import { TestAuthenticator } from "../test-authenticator.ts";
import { createEmail, createEntrant, PASSWORD, SITE } from "../test-client.ts";
import { findScans, recordStatements } from "../test-plans.ts";
import { listAccounts } from "./account-list.ts";
import { renameAccount } from "./accounts.ts";
import { changeRole, deleteAccount } from "./deletion.ts";
import { createRecovery, invite, readLink } from "./links.ts";
import { readMe } from "./me.ts";
import { createOptions } from "./passkey-options.ts";
import { addPasskey, listPasskeys, removePasskey } from "./passkeys.ts";
import { changePassword } from "./password-change.ts";
import { recover } from "./recover.ts";
import { signIn } from "./sign-in.ts";
import { readLog } from "./sign-in-log.ts";
import { readSignIn, removeBrowser, renewSignIn } from "./sign-ins.ts";
import { signOut } from "./sign-out.ts";
import { signUp } from "./sign-up.ts";

test("the walk finds a scan where there is one", async () => {
  expect(await findScans(env.HOST_DB, "SELECT * FROM accounts WHERE name = ?1")).toEqual(["SCAN accounts"]);
  expect(await findScans(env.HOST_DB, "SELECT * FROM accounts WHERE id = ?1")).toEqual([]);
});

test("nothing that accounts do walks through a table", async () => {
  const { db, statements } = recordStatements(env.HOST_DB);
  const pending: Promise<unknown>[] = [];
  const after = (work: Promise<unknown>) => pending.push(work);
  const store: Store = { db, cache: new HostCache(env.HOST_KV, after), now: Date.now(), after };
  const settled = (work: Promise<unknown>) => work.catch(() => undefined);

  const email = createEmail();
  const entrant = await createEntrant();
  const account = await signUp(store, { email, name: "Ada", password: PASSWORD }, "open", entrant);
  const { id } = account;
  const { signIn: browser } = await readSignIn(store, entrant.tokenHash, false);
  const { visitor } = entrant;
  const link = createSecret();
  await settled(signUp(store, { email, name: "Ada", password: PASSWORD, link }, "invited", entrant));
  await settled(signIn(store, { email, password: "wrong" }, await createEntrant()));
  await signIn(store, { email, password: PASSWORD }, await createEntrant());

  const phone = new TestAuthenticator();
  const ask = async (purpose: Parameters<typeof createOptions>[1]) =>
    (await createOptions(store, purpose, { site: SITE, mode: "open", account: id })).options;
  const passkey = await phone.create(await ask({ for: "add" }));
  const added = await addPasskey(
    store,
    { passkey, name: "Phone" },
    { account: id, signIn: browser, site: SITE, visitor },
  );
  await signIn(store, { passkey: await phone.get(await ask({ for: "sign-in" })) }, await createEntrant());
  await listPasskeys(db, id);
  await removePasskey(store, id, added.id, visitor);

  const { secret } = await createRecovery(db, id, store.now);
  await readLink(db, await hashSecret(secret), store.now);
  await recover(store, { link: secret, password: PASSWORD }, await createEntrant());
  const again = await createRecovery(db, id, store.now);
  const key = await new TestAuthenticator().create(await ask({ for: "recover", link: again.secret }));
  const recovered = await createEntrant();
  await recover(store, { link: again.secret, passkey: key }, recovered);
  await invite(db, { email: createEmail(), role: "host" }, store.now);

  const change = { password: PASSWORD, current: PASSWORD };
  const { signIn: last } = await readSignIn(store, recovered.tokenHash, false);
  await changePassword(store, change, { account: id, signIn: last, visitor });
  await renameAccount(store, id, "Ada Lovelace");
  await renewSignIn(store, entrant.tokenHash);
  await readMe(store, id, browser);
  await readLog(db, id, store.now);
  await listAccounts(db);
  await changeRole(store, id, "admin");
  await settled(changeRole(store, id, "host"));
  await settled(removeBrowser(store, id, browser));
  const out = await createEntrant();
  await signIn(store, { email, password: PASSWORD }, out);
  await signOut(store, out.tokenHash, { everywhere: false }, visitor);
  const all = await createEntrant();
  await signIn(store, { email, password: PASSWORD }, all);
  await signOut(store, all.tokenHash, { everywhere: true }, visitor);
  await settled(deleteAccount(store, id));
  await settled(deleteAccount(store, createId()));
  await Promise.all(pending);

  expect(statements.size).toBeGreaterThan(40);
  for (const sql of statements) expect([sql, await findScans(env.HOST_DB, sql)]).toEqual([sql, []]);
});
