import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountAnswer, Me, PasskeyOptions, SignUpAnswer } from "../shared/protocol/host/account.schema.ts";
import type { PasskeyPurpose } from "../shared/protocol/host/account.ts";
import { TestAuthenticator } from "../workers/host-store/test-authenticator.ts";
import { type Deployment, type RequestOptions, read, readProblem, startDeployment } from "./deployment.ts";

let revint: Deployment;
beforeAll(async () => {
  revint = await startDeployment();
});
afterAll(() => revint.close());

const PASSWORD = "correct horse battery staple";
let people = 0;
let addresses = 0;
const createEmail = () => `ada${++people}@example.org`;
const createAddress = () => `198.51.100.${++addresses}`;

/** A browser with an address, and the cookie that it was given last. */
class Browser {
  readonly address: string;
  cookie: string | undefined;

  constructor(address = createAddress()) {
    this.address = address;
  }

  async request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const headers = {
      "cf-connecting-ip": this.address,
      "user-agent": "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
      ...(this.cookie !== undefined && { cookie: this.cookie }),
      ...options.headers,
    };
    const response = await revint.request(method, `/api/v1/host/${path}`, { ...options, headers });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(";")[0];
    return response;
  }

  signUp = (email: string) =>
    this.request("POST", "sign-up", { json: { email, name: "Ada", password: PASSWORD } });
  signIn = (email: string, password = PASSWORD) =>
    this.request("POST", "sign-in", { json: { email, password } });
}

test("who signs up is signed in by a cookie that no script reads, and signs out and in again", async () => {
  const browser = new Browser();
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
  const browser = new Browser();
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
  await new Browser().signUp(email);
  const mallory = new Browser();
  await mallory.signUp(createEmail());
  const victim = new Browser();
  victim.cookie = mallory.cookie;
  expect((await victim.signIn(email)).status).toBe(200);
  expect(victim.cookie).not.toBe(mallory.cookie);
  expect((await mallory.request("GET", "me")).status).toBe(401);
});

test("a passkey signs up, in, and another one after it; the last way in stays", async () => {
  const browser = new Browser();
  const origin = revint.url;
  const phone = new TestAuthenticator({ origin });
  const email = createEmail();
  const ask = async (purpose: PasskeyPurpose, by = browser) =>
    (await read(PasskeyOptions, await by.request("POST", "passkeys/options", { json: purpose }))).options;

  const passkey = await phone.create(await ask({ for: "sign-up", email, name: "Ada" }));
  const made = await browser.request("POST", "sign-up", { json: { email, name: "Ada", passkey } });
  expect((await read(AccountAnswer, made)).account).toMatchObject({ email, hasPassword: false });

  const other = new Browser();
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
