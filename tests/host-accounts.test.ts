import { afterAll, beforeAll, expect, test } from "vitest";
import {
  AccountAnswer,
  LinkAnswer,
  Me,
  OneTimeLink,
  PasskeyOptions,
  SignUpAnswer,
} from "../shared/protocol/host/account.schema.ts";
import type { PasskeyPurpose } from "../shared/protocol/host/account.ts";
import { TestAuthenticator } from "../workers/host-store/test-authenticator.ts";
import { createId, createSecret, hashSecret } from "../workers/lib/random.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { createEmail, HostBrowser, makeAdmin, PASSWORD } from "./host-browser.ts";

let revint: Deployment;
beforeAll(async () => {
  revint = await startDeployment();
});
afterAll(() => revint.close());

test("who signs up is signed in by a cookie that no script reads, and signs out and in again", async () => {
  const browser = new HostBrowser(revint);
  expect(await read(SignUpAnswer, await browser.request("GET", "sign-up"))).toEqual({ signUp: "open" });
  expect((await browser.request("GET", "me")).status).toBe(401);
  const email = createEmail();
  const made = await browser.signUp(email);
  expect(made.status).toBe(201);
  expect(made.headers.get("cache-control")).toBe("no-store");
  const set = made.headers.get("set-cookie") ?? "";
  expect(set).toMatch(/^revint-host=[\w-]{43}; Max-Age=2592000; Path=\/api\/v1; HttpOnly; SameSite=Lax$/);
  const { account } = await read(AccountAnswer, made);
  const me = await read(Me, await browser.request("GET", "me"));
  expect(me).toMatchObject({
    account: { id: account.id, email, role: "host", hasPassword: true },
    signedIn: [{ browser: "Firefox on Android", isThis: true }],
  });

  const { cookie } = browser;
  expect((await browser.request("POST", "sign-out")).status).toBe(204);
  expect(browser.cookie).toBe("revint-host=");
  expect((await browser.request("GET", "me", { headers: { cookie: cookie ?? "" } })).status).toBe(401);
  expect((await browser.signIn(email)).status).toBe(200);
  expect(browser.cookie).not.toBe(cookie);
  expect((await browser.request("GET", "me")).status).toBe(200);
});

test("a page of another origin gets nothing, not even who is signed in", async () => {
  const browser = new HostBrowser(revint);
  const email = createEmail();
  await browser.signUp(email);
  const foreign = [
    { origin: "https://example.com" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const headers of foreign) {
    for (const [method, path] of [
      ["GET", "me"],
      ["POST", "sign-out"],
      ["POST", "sign-in"],
    ] as const) {
      const answer = await browser.request(method, path, { headers });
      expect((await readProblem(answer)).code).toBe("foreign_origin");
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(answer.headers.get("set-cookie")).toBeNull();
    }
  }
  expect((await browser.request("GET", "me")).status).toBe(200);
});

test("a cookie that was planted before signing in is worth nothing afterwards", async () => {
  const email = createEmail();
  await new HostBrowser(revint).signUp(email);
  const mallory = new HostBrowser(revint);
  await mallory.signUp(createEmail());
  const victim = new HostBrowser(revint);
  victim.cookie = mallory.cookie;
  expect((await victim.signIn(email)).status).toBe(200);
  expect(victim.cookie).not.toBe(mallory.cookie);
  expect((await mallory.request("GET", "me")).status).toBe(401);
});

test("a passkey signs up, in, and another one after it; the last way in stays", async () => {
  const browser = new HostBrowser(revint);
  const origin = revint.url;
  const phone = new TestAuthenticator({ origin });
  const email = createEmail();
  const ask = async (purpose: PasskeyPurpose, by = browser) =>
    (await read(PasskeyOptions, await by.request("POST", "passkeys/options", { json: purpose }))).options;

  const passkey = await phone.create(await ask({ for: "sign-up", email, name: "Ada" }));
  const made = await browser.request("POST", "sign-up", { json: { email, name: "Ada", passkey } });
  expect((await read(AccountAnswer, made)).account).toMatchObject({ email, hasPassword: false });

  const other = new HostBrowser(revint);
  expect(
    (await readProblem(await other.request("POST", "passkeys/options", { json: { for: "add" } }))).code,
  ).toBe("not_signed_in");
  const signedIn = await other.request("POST", "sign-in", {
    json: { passkey: await phone.get(await ask({ for: "sign-in" }, other)) },
  });
  expect(signedIn.status).toBe(200);
  const key = new TestAuthenticator({ origin });
  const added = await other.request("POST", "passkeys", {
    json: { passkey: await key.create(await ask({ for: "add" }, other)), name: "Key" },
  });
  expect(added.status).toBe(201);
  const { passkeys } = await read(Me, await browser.request("GET", "me"));
  expect(passkeys.map(({ name }) => name)).toEqual(["Firefox on Android", "Key"]);
  const [first, second] = passkeys.map(({ id }) => `passkeys/${id}`);
  expect((await browser.request("DELETE", first ?? "")).status).toBe(204);
  expect((await readProblem(await browser.request("DELETE", second ?? ""))).code).toBe("last_way_in");
});

const NOBODY = "a".repeat(22);

async function signUpAs(role: "host" | "admin") {
  const browser = new HostBrowser(revint);
  const email = createEmail();
  const { account } = await read(AccountAnswer, await browser.signUp(email));
  if (role === "admin") await makeAdmin(revint, account.id);
  return { browser, email, account };
}

test("an account reads and changes nothing of another one", async () => {
  const ada = await signUpAs("host");
  const mallory = await signUpAs("host");
  const mine = await read(Me, await ada.browser.request("GET", "me"));
  const browser = mine.signedIn[0]?.id;
  expect((await readProblem(await mallory.browser.request("DELETE", `me/browsers/${browser}`))).code).toBe(
    "not_found",
  );
  const theirs = await read(Me, await mallory.browser.request("GET", "me"));
  expect(JSON.stringify(theirs)).not.toContain(ada.account.id);
  const log = await (await mallory.browser.request("GET", "me/log")).text();
  expect(log).not.toContain(ada.browser.address);
  expect((await ada.browser.request("GET", "me")).status).toBe(200);
});

test("what is sent in place of a passkey's id leads to nothing else that can be deleted", async () => {
  const ada = await signUpAs("host");
  const mallory = await signUpAs("host");
  const { id } = ada.account;
  for (const way of [`../../${id}`, `../../${id}/decks/${NOBODY}`, `../browsers/${NOBODY}`, "a?b", "a#b"]) {
    const answer = await mallory.browser.request("DELETE", `passkeys/${encodeURIComponent(way)}`);
    expect([way, (await readProblem(answer)).code]).toEqual([way, "invalid_request"]);
  }
  expect((await ada.browser.request("PATCH", "me", { json: { name: "Ada" } })).status).toBe(200);
  expect((await mallory.browser.request("PATCH", "me", { json: { name: "Mallory" } })).status).toBe(200);
});

test("an admin invites, and of three who open the link at once one has an account; another helps somebody back in", async () => {
  const { browser: admin } = await signUpAs("admin");
  const email = createEmail();
  const invited = await admin.request("POST", "admin/invitations", { json: { email } });
  const { url } = await read(OneTimeLink, invited);
  expect(url).toMatch(new RegExp(`^${revint.url}/host#link=[\\w-]{43}$`));
  const link = url.split("link=")[1] ?? "";
  const about = await new HostBrowser(revint).request("POST", "links", { json: { link } });
  expect(await read(LinkAnswer, about)).toMatchObject({ kind: "invitation", email });
  const browsers = [1, 2, 3].map(() => new HostBrowser(revint));
  const answers = await Promise.all(
    browsers.map((browser) =>
      browser.request("POST", "sign-up", { json: { email, name: "Bea", password: PASSWORD, link } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
  const bea = browsers[answers.findIndex(({ ok }) => ok)] ?? new HostBrowser(revint);
  const { account } = await read(Me, await bea.request("GET", "me"));

  const recovery = await read(
    OneTimeLink,
    await admin.request("POST", `admin/accounts/${account.id}/recovery`),
  );
  const json = { link: recovery.url.split("link=")[1], password: "another password" };
  const phone = new HostBrowser(revint);
  expect((await phone.request("POST", "recover", { json })).status).toBe(200);
  expect((await readProblem(await phone.request("POST", "recover", { json }))).code).toBe("link_not_valid");
  expect((await phone.request("GET", "me")).status).toBe(200);
  expect((await bea.request("PATCH", "me", { json: { name: "Bea" } })).status).toBe(401);
  expect((await new HostBrowser(revint).signIn(email)).status).toBe(401);
  expect((await new HostBrowser(revint).signIn(email, "another password")).status).toBe(200);
});

test("where sign-ups are closed nobody is invited, and who has lost their way in comes back in", async () => {
  const closed = await startDeployment({ api: { SIGN_UP: "closed" } });
  try {
    const [id, secret] = [createId(), createSecret()];
    await closed.changeHosts(
      `INSERT INTO accounts (id, email, email_key, name, role, created_at, last_seen_at)
       VALUES (?1, 'ada@example.org', 'ada@example.org', 'Ada', 'admin', 1, 1)`,
      id,
    );
    await closed.changeHosts(
      `INSERT INTO links (secret_hash, kind, email, email_key, role, created_at, expires_at)
       VALUES (?1, 'recovery', 'ada@example.org', 'ada@example.org', 'admin', 1, 9e15)`,
      await hashSecret(secret),
    );
    const admin = new HostBrowser(closed);
    const json = { link: secret, password: PASSWORD };
    expect((await admin.request("POST", "recover", { json })).status).toBe(200);
    const invited = await admin.request("POST", "admin/invitations", { json: { email: "bea@example.org" } });
    expect((await readProblem(invited)).code).toBe("sign_up_closed");
    expect(await closed.countRows("links", "kind", "invitation")).toBe(0);
    expect((await admin.request("POST", `admin/accounts/${id}/recovery`)).status).toBe(201);
    expect((await readProblem(await new HostBrowser(closed).signUp("bea@example.org"))).code).toBe(
      "sign_up_refused",
    );
  } finally {
    await closed.close();
  }
});
