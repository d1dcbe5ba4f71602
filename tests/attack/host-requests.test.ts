import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountAnswer, Me } from "../../shared/protocol/host/account.schema.ts";
import { DeckAnswer, DeckUpload } from "../../shared/protocol/host/deck.schema.ts";
import { TalkAnswer } from "../../shared/protocol/host/talk.schema.ts";
import { type Deployment, read, startDeployment } from "../deployment.ts";
import { createEmail, HostBrowser, PASSWORD } from "../host-browser.ts";
import { evilBody, evilHeaders, evilPart, evilQuery, METHODS } from "./arbitrary-http.ts";
import { HOST_BODIES, HOST_ROUTES, type HostRoute, MARKDOWN, nameRoute } from "./host-routes.ts";
import { Judge } from "./judge.ts";
import { attackInLanes, rarely, showing } from "./lanes.ts";
import { Wire, type WireRequest } from "./wire.ts";

/* Requests to the routes of hosts with something wrong wherever something can be wrong, as those of sessions have them. */

let revint: Deployment;
let wire: Wire;
const judge = new Judge();
beforeAll(async () => {
  revint = await startDeployment();
  wire = new Wire(revint.url);
});
afterAll(async () => {
  wire.close();
  await revint.close();
});

/** Whoever has nothing any more gets nowhere: these are tried last. */
const LEAVING = new Set(["DELETE me", "DELETE talks/{talk}", "DELETE decks/{deck}"]);

/** Whoever comes in by these is somebody else. */
const BODIES: typeof HOST_BODIES = {
  ...HOST_BODIES,
  "POST sign-up": { email: "eve@example.org", name: "Eve", password: PASSWORD },
  "POST sign-in": { email: "eve@example.org", password: PASSWORD },
};

/** Somebody with an account, a talk and a deck that is on its way. */
async function settle() {
  const browser = new HostBrowser(revint);
  const email = createEmail();
  const { account } = await read(AccountAnswer, await browser.signUp(email));
  const make = (route: string) => {
    const [method = "", path = ""] = route.split(" ");
    return browser.request(method, path, { json: HOST_BODIES[route] });
  };
  const { talk, token } = await read(TalkAnswer, await make("POST talks"));
  const { deck } = await read(DeckUpload, await make("POST decks"));
  return { browser, email, account: account.id, talk: talk.id, deck: deck.id, token };
}
type Settled = Awaited<ReturnType<typeof settle>>;

/** One request to one of these routes, by somebody signed in, or who is nobody, to what is theirs or another's. */
function createAttack(
  mallory: Settled,
  victim: Settled,
  routes: readonly HostRoute[],
): fc.Arbitrary<WireRequest> {
  const strangers = fc.constantFrom(`revint-host=${"a".repeat(43)}`, "revint-host=", undefined);
  const theirs = (name: "account" | "talk" | "deck") =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(victim[name], mallory[name]) },
      { weight: 1, arbitrary: evilPart },
    );
  return fc.constantFrom(...routes).chain((route) => {
    // Whoever comes in or goes out is signed in no more as who they were.
    const isForAnybody = route.who.startsWith("anybody");
    const good = BODIES[nameRoute(route)] ?? {};
    return fc
      .record({
        method: rarely<string>(route.method, fc.constantFrom(...METHODS)),
        parts: fc.record({ account: theirs("account"), talk: theirs("talk"), deck: theirs("deck") }),
        number: rarely("1", evilPart),
        name: rarely("a.png", evilPart),
        other: evilPart,
        query: evilQuery,
        cookie: isForAnybody ? strangers : rarely(mallory.browser.cookie, strangers),
        // Whose limit is reached is told so, and gets no further: there are many of them.
        address: fc.integer({ min: 1, max: 60_000 }),
        more: evilHeaders,
        body: fc.oneof(
          { weight: 2, arbitrary: fc.constant(Buffer.from(JSON.stringify(good))) },
          { weight: 3, arbitrary: evilBody(good) },
        ),
        isChunked: fc.boolean(),
      })
      .map(({ method, parts, number, name, other, query, cookie, address, more, body, isChunked }) => {
        const filled: Readonly<Record<string, string>> = { ...parts, number, name };
        const path = route.path.replaceAll(/\{(\w+)\}/g, (_, part: string) => filled[part] ?? other);
        const headers: (readonly [string, string])[] = [
          ["CF-Connecting-IP", `203.0.${address >> 8}.${address & 255}`],
          ["Content-Type", "application/json"],
        ];
        if (cookie !== undefined) headers.push(["Cookie", cookie]);
        return showing({
          method,
          path: `/api/v1/host/${path}${query}`,
          headers: [...headers, ...more],
          body,
          isChunked,
        });
      });
  });
}

/** As much of a database as says how many rows a statement finds. */
interface D1 {
  prepare(sql: string): { all(): Promise<{ results: unknown[] }> };
}

/** What is a victim's is as it was, and goes on; and of nobody's account it is said wrongly what it uses. */
async function expectUntouched({ browser, email, talk, deck }: Settled): Promise<void> {
  expect((await read(Me, await browser.request("GET", "me"))).account).toMatchObject({ email, name: "Ada" });
  const found = await read(TalkAnswer, await browser.request("GET", `talks/${talk}`));
  expect(found.talk).toMatchObject({ name: "A talk", status: "upcoming" });
  await browser.request("PUT", `decks/${deck}/parts/1`, { body: MARKDOWN });
  const done = await read(DeckAnswer, await browser.request("POST", `decks/${deck}/done`));
  expect(done.deck).toMatchObject({ title: "A deck", status: "ready" });
  const { HOST_DB } = await revint.harness.getWorker<{ HOST_DB: D1 }>("revint-host-store").getEnv();
  const { results } = await HOST_DB.prepare(
    `SELECT id FROM accounts
     WHERE talks <> (SELECT count(*) FROM talks WHERE account = accounts.id)
       OR decks <> (SELECT count(*) FROM decks WHERE account = accounts.id)
       OR deck_bytes <> (SELECT coalesce(sum(file_bytes + picture_bytes), 0) FROM decks WHERE account = accounts.id)`,
  ).all();
  expect(results).toEqual([]);
}

test("whatever is sent to the routes of hosts, nothing breaks, and nobody gets at what is another's", async () => {
  const [victim, mallory] = [await settle(), await settle()];
  const cookie = victim.browser.cookie ?? "";
  judge.keepSecret(cookie.slice("revint-host=".length), victim.token.slice(-20), victim.email);
  const staying = HOST_ROUTES.filter((route) => !LEAVING.has(nameRoute(route)));
  // A name that is none any more would be left out of nothing.
  expect(staying).toHaveLength(HOST_ROUTES.length - LEAVING.size);
  let good = 0;
  await attackInLanes({ wire, judge }, createAttack(mallory, victim, staying), 60, (_, { status }) => {
    if (status < 300) good++;
  });
  // Much of it got as far as anybody can: else this would be no attack on what lies behind the door.
  expect(good).toBeGreaterThan(50);
  expect((await mallory.browser.request("GET", "me")).status).toBe(200);
  await attackInLanes({ wire, judge }, createAttack(mallory, victim, HOST_ROUTES), 10);
  await expectUntouched(victim);
}, 600_000);

test("none of all this was a bug of ours", () => {
  expect(judge.unavailable).toBeLessThan(10);
  expect(JSON.stringify(revint.harness.getLogs())).not.toContain('"stack"');
});
