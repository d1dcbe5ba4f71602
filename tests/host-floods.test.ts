import { afterAll, beforeAll, expect, test } from "vitest";
import { PasskeyOptions } from "../shared/protocol/host/account.schema.ts";
import type { PasskeyPurpose } from "../shared/protocol/host/account.ts";
import { TestAuthenticator } from "../workers/host-store/test-authenticator.ts";
import { type Deployment, read, startDeployment } from "./deployment.ts";
import { createAddress, createEmail, HostBrowser, PASSWORD } from "./host-browser.ts";

let revint: Deployment;
beforeAll(async () => {
  revint = await startDeployment();
});
afterAll(() => revint.close());

/** So many requests, a few at a time; how often each answer came, and how many whole minutes it took. */
async function flood(times: number, send: (index: number) => Promise<Response>) {
  const started = Date.now();
  const statuses: Record<number, number> = {};
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < times; index = next++) {
      const response = await send(index);
      await response.arrayBuffer();
      statuses[response.status] = (statuses[response.status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return { statuses, minutes: Math.ceil((Date.now() - started) / 60_000) };
}

test("a thousand wrong passwords from one address are refused before they cost anything, and hurt nobody", async () => {
  const address = createAddress();
  const email = createEmail();
  const inside = new HostBrowser(revint, address);
  await inside.signUp(email);
  const phone = new TestAuthenticator({ origin: revint.url });
  const ask = async (purpose: PasskeyPurpose) =>
    (await read(PasskeyOptions, await inside.request("POST", "passkeys/options", { json: purpose }))).options;
  const passkey = await phone.create(await ask({ for: "add" }));
  expect((await inside.request("POST", "passkeys", { json: { passkey, name: "Phone" } })).status).toBe(201);

  const { statuses, minutes } = await flood(1000, (index) =>
    // One account, and many that are not there.
    new HostBrowser(revint, address).signIn(index % 2 === 0 ? email : `nobody${index}@example.org`, "wrong"),
  );
  expect(Object.keys(statuses).sort()).toEqual(["401", "429"]);
  expect(statuses[401]).toBeLessThanOrEqual(60 * (minutes + 1));
  expect(statuses[429]).toBeGreaterThan(500);

  expect((await inside.request("GET", "me")).status).toBe(200);
  expect((await inside.request("PATCH", "me", { json: { name: "Ada" } })).status).toBe(200);
  const json = { password: PASSWORD, current: PASSWORD };
  expect((await inside.request("PUT", "me/password", { json })).status).toBe(204);
  expect((await inside.request("POST", "passkeys/options", { json: { for: "add" } })).status).toBe(200);
  expect((await new HostBrowser(revint).signIn(email)).status).toBe(200);
  const signed = await phone.get(await ask({ for: "sign-in" }));
  expect(
    (await new HostBrowser(revint, address).request("POST", "sign-in", { json: { passkey: signed } })).status,
  ).toBe(200);
});

test("a thousand sign-ups from one address make a handful of accounts, and keep nobody out elsewhere", async () => {
  const address = createAddress();
  const { statuses, minutes } = await flood(1000, () =>
    new HostBrowser(revint, address).signUp(createEmail()),
  );
  expect(Object.keys(statuses).sort()).toEqual(["201", "429"]);
  expect(statuses[201]).toBeLessThanOrEqual(20 * (minutes + 1));
  const refused = await new HostBrowser(revint, address).signUp(createEmail());
  if (!refused.ok) expect(refused.headers.get("retry-after")).toBe("60");
  expect((await new HostBrowser(revint).signUp(createEmail())).status).toBe(201);
});

test("an address of IPv6 is its first half: whoever has one has all of the others", async () => {
  const { statuses, minutes } = await flood(200, (index) =>
    new HostBrowser(revint, `2001:db8:7:7::${index.toString(16)}`).signIn(
      `nobody${index}@example.org`,
      "wrong",
    ),
  );
  expect(Object.keys(statuses).sort()).toEqual(["401", "429"]);
  expect(statuses[401]).toBeLessThanOrEqual(60 * (minutes + 1));
});

test("no account and a wrong password take as long", async () => {
  const email = createEmail();
  await new HostBrowser(revint).signUp(email);
  const time = async (email: string) => {
    const started = performance.now();
    expect((await new HostBrowser(revint).signIn(email, "wrong")).status).toBe(401);
    return performance.now() - started;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 15; round++) {
    known.push(await time(email));
    unknown.push(await time(createEmail()));
  }
  const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  console.log(`a wrong password ${median(known).toFixed(1)} ms, no account ${median(unknown).toFixed(1)} ms`);
  // Without the work of a hash, one of them would take a twentieth of the other.
  const ratio = median(known) / median(unknown);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});
