import { afterAll, beforeAll, expect, test } from "vitest";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import { AccountAnswer, SignUpAnswer } from "../shared/protocol/host/account.schema.ts";
import { DeckAnswer, DeckUpload } from "../shared/protocol/host/deck.schema.ts";
import { TalkAnswer } from "../shared/protocol/host/talk.schema.ts";
import { HOST_BODIES, HOST_ROUTES, type HostRoute, MARKDOWN, nameRoute } from "./attack/host-routes.ts";
import { type Deployment, type RequestOptions, read, readProblem, startDeployment } from "./deployment.ts";
import { createEmail, HostBrowser, makeAdmin } from "./host-browser.ts";
import { uploadDeck } from "./host-deck.ts";
import { TalkHost } from "./talk-host.ts";

/* A walk over every route of hosts, as everybody for whom it is not: docs/host-protocol.md has the routes, and who may. */

let revint: Deployment;
beforeAll(async () => {
  revint = await startDeployment();
});
afterAll(() => revint.close());

/** As much of a bucket as tells what is in it. */
interface Bucket {
  list(options: { prefix: string }): Promise<{ objects: readonly { key: string }[] }>;
}

const NOBODY = "a".repeat(22);

const ROUTES = HOST_ROUTES;
const BODIES = HOST_BODIES;
const named = nameRoute;
const isForAnybody = ({ who }: HostRoute) => who.startsWith("anybody");
const CLOSED = ROUTES.filter((route) => !isForAnybody(route));

/** Somebody with an account, a talk and a deck. */
class Owner {
  readonly browser: HostBrowser;
  readonly account: string;
  readonly talk: TalkAnswer;
  readonly deck: string;

  private constructor(browser: HostBrowser, account: string, talk: TalkAnswer, deck: string) {
    this.browser = browser;
    this.account = account;
    this.talk = talk;
    this.deck = deck;
  }

  static async signUp(role: "host" | "admin" = "host"): Promise<Owner> {
    const browser = new HostBrowser(revint);
    const { account } = await read(AccountAnswer, await browser.signUp(createEmail()));
    const ask = (method: string, path: string) =>
      browser.request(method, path, { json: BODIES[`${method} ${path}`] });
    const talk = await read(TalkAnswer, await ask("POST", "talks"));
    const { deck } = await read(DeckUpload, await ask("POST", "decks"));
    if (role === "admin") await makeAdmin(revint, account.id);
    return new Owner(browser, account.id, talk, deck.id);
  }

  /** The path of a route, to what is this owner's. */
  pathTo({ path }: HostRoute): string {
    const parts: Readonly<Record<string, string>> = {
      account: this.account,
      talk: this.talk.talk.id,
      deck: this.deck,
      number: "1",
      name: "a.png",
    };
    return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? NOBODY);
  }
}

/** What somebody hears who asks for what an owner has. */
async function hear(
  browser: HostBrowser,
  route: HostRoute,
  owner: Owner,
  options: RequestOptions = {},
): Promise<string> {
  const body = BODIES[`${route.method} ${route.path}`];
  const json = body === undefined ? {} : { json: body };
  const answer = await browser.request(route.method, owner.pathTo(route), { ...json, ...options });
  return answer.ok ? "welcome" : (await readProblem(answer)).code;
}

/** Routes that this somebody did not hear the right thing from, and what they heard. */
async function walk(
  routes: readonly HostRoute[],
  code: (route: HostRoute) => string,
  ask: (route: HostRoute) => Promise<string>,
) {
  const wrong: string[] = [];
  for (const route of routes) {
    const heard = await ask(route);
    if (heard !== code(route)) wrong.push(`${named(route)}: ${heard} instead of ${code(route)}`);
  }
  return wrong;
}

test("the walk knows every route, and a body of each that takes one", () => {
  expect(CLOSED.length).toBeGreaterThanOrEqual(30);
  expect(Object.keys(BODIES).filter((name) => !ROUTES.some((route) => named(route) === name))).toEqual([]);
});

test("without a cookie, or with one that is not good (any more), nobody is signed in", async () => {
  const owner = await Owner.signUp();
  const signedOut = await Owner.signUp();
  const before = signedOut.browser.cookie;
  await signedOut.browser.request("POST", "sign-out", { json: {} });
  const erased = await Owner.signUp();
  const gone = erased.browser.cookie;
  expect((await erased.browser.request("DELETE", "me")).status).toBe(202);
  for (const cookie of [undefined, `revint-host=${"a".repeat(43)}`, "revint-host=", before, gone]) {
    const ask = (route: HostRoute) => {
      const browser = new HostBrowser(revint);
      browser.cookie = cookie;
      return hear(browser, route, owner);
    };
    expect(await walk(CLOSED, () => "not_signed_in", ask)).toEqual([]);
  }
  expect((await owner.browser.request("GET", "me")).status).toBe(200);
});

test("what lets into a session lets into no account: a talk's token, an audience's, a co-host's", async () => {
  const owner = await Owner.signUp();
  const { token, talk } = owner.talk;
  const { hostUid } = await revint.host(token);
  const user = await revint.join(talk.sessionUid);
  const invite = await revint.request("POST", `/api/v1/session/${talk.sessionUid}/hosts`, {
    ...{ token, uid: hostUid, json: { role: "moderator" } },
  });
  const coHost = await read(CoHostAnswer, invite);
  await owner.browser.request("POST", `talks/${talk.id}/token`);
  for (const pass of [
    { token, uid: hostUid },
    { token: user.token, uid: user.uid },
    { token: coHost.token, uid: coHost.hostUid },
  ]) {
    const ask = (route: HostRoute) => hear(new HostBrowser(revint), route, owner, pass);
    expect(await walk(CLOSED, () => "not_signed_in", ask)).toEqual([]);
  }
});

test("a page of another origin has nothing done in its visitor's name, and reads nothing", async () => {
  const owner = await Owner.signUp("admin");
  const foreign = [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }];
  for (const headers of foreign) {
    const ask = (route: HostRoute) => hear(owner.browser, route, owner, { headers });
    expect(await walk(ROUTES, () => "foreign_origin", ask)).toEqual([]);
  }
  expect((await owner.browser.request("GET", "me")).status).toBe(200);
});

test("another account finds no talk and no deck of somebody else's, and is no admin", async () => {
  const owner = await Owner.signUp();
  const mallory = await Owner.signUp();
  const theirs = CLOSED.filter(({ path, who }) => /\{(talk|deck)\}/.test(path) || who === "admin");
  const code = ({ path, who }: HostRoute) => {
    if (who === "admin") return "not_admin";
    return path.includes("{talk}") ? "talk_not_found" : "deck_not_found";
  };
  expect(await walk(theirs, code, (route) => hear(mallory.browser, route, owner))).toEqual([]);

  // All of it is there as before.
  const talk = await owner.browser.request("GET", `talks/${owner.talk.talk.id}`);
  expect((await read(TalkAnswer, talk)).talk.name).toBe("A talk");
  await owner.browser.request("PUT", `decks/${owner.deck}/parts/1`, { body: MARKDOWN });
  const done = await owner.browser.request("POST", `decks/${owner.deck}/done`);
  expect((await read(DeckAnswer, done)).deck.title).toBe("A deck");
});

test("what wrangler serves of the local bucket leads nobody from a deck's id to its notes, or to anything else", async () => {
  const host = await TalkHost.signUp(revint);
  const text = new TextEncoder().encode("# One\n\n![a](a.png)\n\nNote: hush");
  const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
  const deck = await uploadDeck(host, { title: "A deck", kind: "markdown" }, text, { "a.png": picture });
  const look = async (key: string) => {
    const answer = await revint.request("GET", `/cdn-cgi/local/r2/public/revint-host-store-decks/${key}`);
    return { status: answer.status, text: await answer.text() };
  };
  const { DECKS } = await revint.harness.getWorker<{ DECKS: Bucket }>("revint-host-store").getEnv();
  const keys = (await DECKS.list({ prefix: `decks/${deck}/` })).objects.map(({ key }) => key);
  expect(keys).toHaveLength(4);
  for (const key of keys) {
    // Nothing keeps wrangler from serving it to whoever knows all of its key.
    expect((await look(key)).status).toBe(200);
    const [, , , ...name] = key.split("/");
    expect(await look(`decks/${deck}/${name.join("/")}`)).toMatchObject({ status: 404 });
  }
  for (const place of ["", "decks/", `decks/${deck}`, `decks/${deck}/`]) {
    const { status, text } = await look(place);
    expect([place, status >= 400, text.includes(keys[0] ?? "")]).toEqual([place, true, false]);
  }
});

test("whoever it is for is not refused, and nothing goes wrong", async () => {
  const refusals = ["not_signed_in", "not_admin", "foreign_origin", "talk_not_found", "deck_not_found"];
  for (const route of ROUTES) {
    // Some of these sign out, or delete: each has somebody of its own.
    const somebody = await Owner.signUp(route.who === "admin" ? "admin" : "host");
    const heard = await hear(somebody.browser, route, somebody);
    expect([named(route), [...refusals, "internal"].includes(heard)]).toEqual([named(route), false]);
  }
});

test("nobody needs an account to be told whether one can be made", async () => {
  const asked = await new HostBrowser(revint).request("GET", "sign-up");
  expect((await read(SignUpAnswer, asked)).signUp).toBe("open");
});
