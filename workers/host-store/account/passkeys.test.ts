import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import {
  AccountAnswer,
  LinkAnswer,
  Passkey,
  PasskeyOptions,
} from "../../../shared/protocol/host/account.schema.ts";
import type { PasskeyPurpose } from "../../../shared/protocol/host/account.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { Entrant } from "../../lib/host-account.ts";
import { createId, createSecret, hashSecret } from "../../lib/random.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { TestAuthenticator } from "../test-authenticator.ts";
import {
  createEmail,
  createEntrant,
  isSignedIn,
  PASSWORD,
  readRefusal,
  SITE,
  signUp,
  store,
} from "../test-client.ts";
import { createLink } from "./links.ts";

const db = env.HOST_DB;
const visitor = { browser: "Firefox on Android", address: "198.51.100.1" };

async function askOptions(purpose: PasskeyPurpose, account?: string) {
  const json = { purpose, site: SITE, mode: "open" as const, ...(account !== undefined && { account }) };
  const answer = await store["passkey-options"].$post({ json });
  return (await readAnswer(PasskeyOptions, answer)).options;
}

/** Somebody whose account has one passkey and no password. */
async function signUpByPasskey(authenticator = new TestAuthenticator(), email = createEmail()) {
  const entrant = await createEntrant();
  const passkey = await authenticator.create(await askOptions({ for: "sign-up", email, name: "Ada" }));
  const json = { signUp: { email, name: "Ada", passkey }, mode: "open" as const, entrant };
  const { account } = await readAnswer(AccountAnswer, await store.accounts.$post({ json }));
  return { account, entrant, authenticator };
}

async function trySignIn(passkey: Awaited<ReturnType<TestAuthenticator["get"]>>, entrant?: Entrant) {
  return store["sign-ins"].$post({
    json: { signIn: { passkey }, entrant: entrant ?? (await createEntrant()) },
  });
}

const recover = async (link: string, way: object, entrant: Entrant) =>
  store.recoveries.$post({ json: { recover: { link, ...way }, entrant } });

/** A browser that is signed in to an account. */
const findBrowser = async (account: string): Promise<string> =>
  (await db.prepare("SELECT id FROM sign_ins WHERE account = ?1").bind(account).first<string>("id")) ?? "";

async function addPasskey(account: string, authenticator: TestAuthenticator, name = "Key") {
  const passkey = await authenticator.create(await askOptions({ for: "add" }, account));
  const signIn = await findBrowser(account);
  const json = { passkey: { passkey, name }, signIn, site: SITE, visitor };
  return store.accounts[":account"].passkeys.$post({ param: { account }, json });
}

const removePasskey = (account: string, passkey: string) =>
  store.accounts[":account"].passkeys[":passkey"].$delete({ param: { account, passkey }, query: visitor });

test("who signs up by passkey has no password, and signs in again without saying who they are", async () => {
  const { account, entrant, authenticator } = await signUpByPasskey();
  expect(account.hasPassword).toBe(false);
  expect(await isSignedIn(entrant)).toBe(true);
  expect(authenticator.credentials[0]?.userHandle).toBe(account.id);
  for (let times = 0; times < 3; times++) {
    const again = await createEntrant();
    const answer = await trySignIn(await authenticator.get(await askOptions({ for: "sign-in" })), again);
    expect(await readAnswer(AccountAnswer, answer)).toEqual({ account });
    expect(await isSignedIn(again)).toBe(true);
  }
  // No password opens it, not even an empty one.
  const signIn = { email: account.email, password: PASSWORD };
  const answer = await store["sign-ins"].$post({ json: { signIn, entrant: await createEntrant() } });
  expect((await readRefusal(answer)).code).toBe("sign_in_failed");
});

test("a challenge is good once, for five minutes, and for nothing but what it was made for", async () => {
  const { account, authenticator } = await signUpByPasskey();
  const failed = async (answer: Parameters<typeof readRefusal>[0]) =>
    expect((await readRefusal(answer)).code).toBe("sign_in_failed");

  const signed = await authenticator.get(await askOptions({ for: "sign-in" }));
  expect((await trySignIn(signed)).status).toBe(200);
  await failed(await trySignIn(signed));

  const old = await authenticator.get(await askOptions({ for: "sign-in" }));
  await db
    .prepare("UPDATE challenges SET expires_at = ?1")
    .bind(Date.now() - 1)
    .run();
  await failed(await trySignIn(old));

  await failed(await trySignIn(await authenticator.get({ challenge: createSecret(), rpId: "localhost" })));
  await failed(await trySignIn(await authenticator.get(await askOptions({ for: "add" }, account.id))));

  // For another email than the one that the options were asked for.
  const options = await askOptions({ for: "sign-up", email: createEmail(), name: "Ada" });
  const passkey = await new TestAuthenticator().create(options);
  const json = {
    signUp: { email: createEmail(), name: "Ada", passkey },
    mode: "open" as const,
    entrant: await createEntrant(),
  };
  await failed(await store.accounts.$post({ json }));

  // For another account than the one that asked.
  const { account: other } = await signUpByPasskey();
  const added = await new TestAuthenticator().create(await askOptions({ for: "add" }, account.id));
  const signIn = await findBrowser(other.id);
  const adding = { passkey: { passkey: added, name: "Mine" }, signIn, site: SITE, visitor };
  await failed(
    await store.accounts[":account"].passkeys.$post({ param: { account: other.id }, json: adding }),
  );
});

test("another site's page, a finger that nobody asked for, another key and a copied one open nothing", async () => {
  const { authenticator, account } = await signUpByPasskey();
  const [credential] = authenticator.credentials;
  if (!credential) throw new Error("no passkey");
  const attempt = async (by: TestAuthenticator, of = credential) =>
    (await trySignIn(await by.get(await askOptions({ for: "sign-in" }), { ...of }))).status;
  expect(await attempt(new TestAuthenticator({ origin: "https://example.com" }))).toBe(401);
  expect(await attempt(new TestAuthenticator({ isVerified: false }))).toBe(401);
  const { authenticator: elsewhere } = await signUpByPasskey();
  const keys = elsewhere.credentials[0]?.keys ?? credential.keys;
  expect(await attempt(authenticator, { ...credential, keys })).toBe(401);
  expect(await attempt(authenticator, { ...credential, userHandle: createId() })).toBe(401);
  expect(await attempt(authenticator, { ...credential, rpId: "example.com" })).toBe(401);

  // A copy has signed as often as the original.
  expect(await attempt(authenticator)).toBe(200);
  expect(await attempt(authenticator)).toBe(401);
  expect((await addPasskey(account.id, new TestAuthenticator())).status).toBe(201);
});

test("what is no passkey at all is an invalid request or a refusal, and never an error of ours", async () => {
  const { authenticator } = await signUpByPasskey();
  const good = await authenticator.get(await askOptions({ for: "sign-in" }));
  const response = (more: object) => ({ ...good, response: { ...good.response, ...more } });
  for (const passkey of [
    { ...good, response: undefined },
    response({ clientDataJSON: "AAAA" }),
    response({ clientDataJSON: Buffer.from("null").toString("base64url") }),
    response({ signature: "AAAA" }),
    response({ authenticatorData: "AAAA" }),
    { ...good, id: "AAAA", rawId: "AAAA" },
    { ...good, rawId: "AAAA" },
  ]) {
    expect([400, 401]).toContain((await trySignIn(passkey as typeof good)).status);
  }
  const made = await new TestAuthenticator().create(
    await askOptions({ for: "sign-up", email: createEmail(), name: "Ada" }),
  );
  for (const attestationObject of ["AAAA", "oA", "_____w", Buffer.alloc(3000, 0x9f).toString("base64url")]) {
    const email = createEmail();
    const options = await askOptions({ for: "sign-up", email, name: "Ada" });
    const fresh = await new TestAuthenticator().create(options);
    const passkey = { ...made, response: { ...fresh.response, attestationObject } };
    const json = {
      signUp: { email, name: "Ada", passkey },
      mode: "open" as const,
      entrant: await createEntrant(),
    };
    expect((await store.accounts.$post({ json })).status).toBe(401);
  }
});

test("an account has up to twenty passkeys, each once, also of many at once", async () => {
  const { account } = await signUpByPasskey();
  const answers = await Promise.all(
    Array.from({ length: LIMITS.passkeys + 3 }, () => addPasskey(account.id, new TestAuthenticator())),
  );
  expect(answers.filter(({ status }) => Number(status) === 201).length).toBe(LIMITS.passkeys - 1);
  for (const refused of answers.filter(({ ok }) => !ok)) {
    expect((await readRefusal(refused)).code).toBe("limit_reached");
  }
});

test("the only way in stays, also where two are removed at once; a password is another one", async () => {
  const { account, authenticator } = await signUpByPasskey();
  const [first] = authenticator.credentials.map(({ id }) => id.toString("base64url"));
  expect((await readRefusal(await removePasskey(account.id, first ?? ""))).code).toBe("last_way_in");
  const second = await readAnswer(Passkey, await addPasskey(account.id, new TestAuthenticator(), "Phone"));
  expect(second).toMatchObject({ name: "Phone", usedAt: null });
  const both = await Promise.all([first ?? "", second.id].map((id) => removePasskey(account.id, id)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await readRefusal(await removePasskey(account.id, "nothing"))).code).toBe("not_found");

  const { account: withPassword } = await signUp();
  const added = await readAnswer(Passkey, await addPasskey(withPassword.id, new TestAuthenticator()));
  expect((await readRefusal(await removePasskey(account.id, added.id))).code).toBe("not_found");
  expect((await removePasskey(withPassword.id, added.id)).status).toBe(200);
});

test("a recovery link gives a new way in once, also of many at once, and signs every other browser out", async () => {
  for (const by of ["password", "passkey"] as const) {
    const { account, entrant: before } = await signUp();
    const { secret } = await createLink(
      db,
      { kind: "recovery", email: account.email, role: "host" },
      Date.now(),
    );
    const param = { secretHash: await hashSecret(secret) };
    const about = () => store.links[":secretHash"].$get({ param });
    expect(await readAnswer(LinkAnswer, await about())).toMatchObject({
      kind: "recovery",
      email: account.email,
    });
    const authenticators = [1, 2, 3].map(() => new TestAuthenticator());
    const entrants = await Promise.all(authenticators.map(() => createEntrant()));
    const ways = await Promise.all(
      authenticators.map(async (authenticator) =>
        by === "password"
          ? { password: `another ${PASSWORD}` }
          : { passkey: await authenticator.create(await askOptions({ for: "recover", link: secret })) },
      ),
    );
    const answers = await Promise.all(
      entrants.map((entrant, index) => recover(secret, ways[index] ?? {}, entrant)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    const signedIn = await Promise.all(entrants.map(isSignedIn));
    expect(signedIn).toEqual(answers.map(({ ok }) => ok));
    expect(await isSignedIn(before)).toBe(false);
    expect((await about()).status).toBe(404);
    const [rows] = (
      await db
        .prepare("SELECT count(*) AS passkeys FROM passkeys WHERE account = ?1")
        .bind(account.id)
        .all<{ passkeys: number }>()
    ).results;
    expect(rows?.passkeys).toBe(by === "passkey" ? 1 : 0);
    const winner = authenticators[answers.findIndex(({ ok }) => ok)];
    if (by === "passkey" && winner) {
      expect((await trySignIn(await winner.get(await askOptions({ for: "sign-in" })))).status).toBe(200);
    }
  }
});

const makeRecovery = async (email: string) =>
  (await createLink(db, { kind: "recovery", email, role: "host" }, Date.now())).secret;

test("a recovery that gives nothing takes nothing: the link is still good, and everybody still signed in", async () => {
  const { account, entrant: before } = await signUp();
  const own = new TestAuthenticator();
  await addPasskey(account.id, own);
  const secret = await makeRecovery(account.email);
  // Somebody else has this passkey already.
  const passkey = await new TestAuthenticator().create(await askOptions({ for: "recover", link: secret }));
  await db
    .prepare("INSERT INTO passkeys VALUES (?1, ?2, x'00', 0, '[]', 'Key', 1, NULL)")
    .bind(passkey.id, createId())
    .run();
  const entrant = await createEntrant();
  expect((await readRefusal(await recover(secret, { passkey }, entrant))).code).toBe("conflict");
  expect([await isSignedIn(entrant), await isSignedIn(before)]).toEqual([false, true]);
  expect((await trySignIn(await own.get(await askOptions({ for: "sign-in" })))).status).toBe(200);
  expect((await recover(secret, { password: PASSWORD }, entrant)).status).toBe(200);
});

test("a recovery is the only way in from then on: whatever opened the account before opens nothing", async () => {
  for (const by of ["password", "passkey"] as const) {
    const { account, entrant: stranger } = await signUp();
    const theirs = Array.from({ length: LIMITS.passkeys }, () => new TestAuthenticator());
    for (const authenticator of theirs) await addPasskey(account.id, authenticator);
    const link = await makeRecovery(account.email);
    const own = new TestAuthenticator();
    const way =
      by === "password"
        ? { password: `another ${PASSWORD}` }
        : { passkey: await own.create(await askOptions({ for: "recover", link })) };
    const answer = await readAnswer(AccountAnswer, await recover(link, way, await createEntrant()));
    expect(answer.account.hasPassword).toBe(by === "password");
    expect(await isSignedIn(stranger)).toBe(false);
    for (const authenticator of theirs) {
      expect((await trySignIn(await authenticator.get(await askOptions({ for: "sign-in" })))).status).toBe(
        401,
      );
    }
    const signIn = { email: account.email, password: PASSWORD };
    const old = await store["sign-ins"].$post({ json: { signIn, entrant: await createEntrant() } });
    expect((await readRefusal(old)).code).toBe("sign_in_failed");
    if (by === "passkey") {
      expect((await trySignIn(await own.get(await askOptions({ for: "sign-in" })))).status).toBe(200);
    }
  }
});

test("who was signed out by a recovery adds no way in any more, however far they had come", async () => {
  for (const by of ["password", "passkey"] as const) {
    const { account } = await signUpByPasskey();
    const signIn = await findBrowser(account.id);
    const late = new TestAuthenticator();
    const passkey = await late.create(await askOptions({ for: "add" }, account.id));
    // They were let through before, and only now come to what they wanted.
    const link = await makeRecovery(account.email);
    const own = await new TestAuthenticator().create(await askOptions({ for: "recover", link }));
    expect((await recover(link, { passkey: own }, await createEntrant())).status).toBe(200);
    const one = store.accounts[":account"];
    const param = { account: account.id };
    const json = { passkey: { passkey, name: "Late" }, signIn, site: SITE, visitor };
    const refused =
      by === "passkey"
        ? await one.passkeys.$post({ param, json })
        : await one.password.$put({ param, json: { change: { password: PASSWORD }, signIn, visitor } });
    expect((await readRefusal(refused)).code).toBe(by === "passkey" ? "not_signed_in" : "sign_in_failed");
    expect((await trySignIn(await late.get(await askOptions({ for: "sign-in" })))).status).toBe(401);
    const again = { email: account.email, password: PASSWORD };
    const answer = await store["sign-ins"].$post({ json: { signIn: again, entrant: await createEntrant() } });
    expect((await readRefusal(answer)).code).toBe("sign_in_failed");
  }
});

test("a link of another kind, of before, ended or made up opens nothing", async () => {
  const { account } = await signUp();
  const link = (kind: "invitation" | "recovery", now = Date.now()) =>
    createLink(db, { kind, email: account.email, role: "host" }, now);
  const { secret: invitation } = await link("invitation");
  const { secret: older } = await link("recovery");
  const { secret: ended } = await link("recovery", Date.now() - 25 * 3_600_000);
  for (const secret of [invitation, older, ended, createSecret()]) {
    const answer = await recover(secret, { password: PASSWORD }, await createEntrant());
    expect((await readRefusal(answer)).code).toBe("link_not_valid");
  }
});
