import { afterAll, beforeAll, expect, test } from "vitest";
import { LiveQuestion } from "../../shared/interactions/question/question.schema.ts";
import { FlowRun, SavedFlow } from "../../shared/protocol/flow.schema.ts";
import type { ProblemCode } from "../../shared/protocol/problem.ts";
import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { type Deployment, read, startDeployment } from "../deployment.ts";
import { rowsOf } from "../protocol-page.ts";
import { Judge } from "./judge.ts";
import {
  fillPath,
  goodStatuses,
  isHook,
  isOfFlows,
  isOfRecap,
  isOverlayLogin,
  isPipe,
  ROUTES,
  type Route,
} from "./routes.ts";
import { UPGRADE, Wire, type WireRequest } from "./wire.ts";
import { createWorld, type TokenKind, type UidKind, type World } from "./world.ts";

let revint: Deployment;
let wire: Wire;
const judge = new Judge();

beforeAll(async () => {
  revint = await startDeployment({ rooms: { REACTIONS_PER_SECOND: "1000", REACTIONS_BURST: "1000" } });
  wire = new Wire(revint.url);
});
afterAll(async () => {
  wire.close();
  await revint.close();
});

const OVERLAY_KEYS: readonly TokenKind[] = ["overlay key", "a revoked overlay key"];
const GARBLED: readonly TokenKind[] = [
  "garbled",
  "tampered",
  "of another key",
  "expired",
  "another session's audience",
  "another session's presenter",
  "a presenter who says moderator",
  ...OVERLAY_KEYS,
];
const CO_HOSTS: readonly TokenKind[] = ["presenter", "moderator", "a removed presenter"];
const USERS: readonly UidKind[] = ["user", "blocked", "forgotten"];
/** They are told what users are, as long as their key is good. */
const READERS: readonly UidKind[] = [...USERS, "overlay", "a revoked overlay"];
const HOSTS: readonly UidKind[] = ["host", "presenter", "moderator", "a removed presenter"];

/** What docs/protocol.md says somebody with this token and this uid hears there. */
function expected(route: Route, token: TokenKind, uid: UidKind): ProblemCode | "welcome" {
  const isRemoved = uid === "a removed presenter";
  if (isPipe(route)) {
    const mayBe = route.path.includes("/host/") ? HOSTS : READERS;
    if (!mayBe.includes(uid) || uid === "a revoked overlay") return "not_participant";
    return isRemoved ? "not_host" : "welcome";
  }
  if (route.token === "–") return "welcome";
  if (token === "none" || token === "empty") return "missing_token";
  if (isOverlayLogin(route)) return token === "overlay key" ? "welcome" : "invalid_token";
  if (GARBLED.includes(token)) return "invalid_token";
  if (!route.path.includes("{sessionUid}")) return expectedOfTokenAlone(route, token);
  if (token === "another session's host" || token === "a signed one that nobody gave") return "wrong_session";

  const isUser = token === "audience" || token === "userToken";
  const role = token === "a removed presenter" ? "presenter" : token;
  const isForHosts = !route.token.includes("any");
  if (isForHosts && isUser) return "not_host";
  if (isForHosts && !route.token.split(", ").includes(role)) return "role_not_allowed";
  // Whether an invitation is good is asked also where no uid comes with it.
  if ((isOfRecap(route) || isOfFlows(route)) && token === "a removed presenter") return "not_host";
  if (route.uid === "–" || route.uid === "optional") return "welcome";

  if (!READERS.includes(uid) && !HOSTS.includes(uid)) return "not_participant";
  if (isForHosts || (route.token !== "any" && !isUser)) {
    if (!HOSTS.includes(uid)) return "not_host";
    if (token !== "host" && uid !== token) return "not_participant";
    return token === "a removed presenter" ? "not_host" : "welcome";
  }
  if (uid === "a revoked overlay") return "not_participant";
  if (route.token !== "any") return "not_public";
  if (route.uid === "user" && !USERS.includes(uid)) return "not_participant";
  // They never asked anything that they could withdraw.
  if (isWithdrawing(route) && uid === "blocked") return "question_not_found";
  const isSending = route.path.includes("/react") || /\/(answers|name|questions)/.test(route.path);
  if (isSending && route.uid === "user" && uid === "blocked") return "blocked";
  return route.path.endsWith("/events") && isRemoved ? "not_host" : "welcome";
}

/** Where the token names the session, it has to be a signed one. */
function expectedOfTokenAlone({ method }: Route, token: TokenKind): ProblemCode | "welcome" {
  if (token === "audience" || CO_HOSTS.includes(token)) return "invalid_token";
  if (token === "a signed one that nobody gave") return "not_host";
  if (token === "host") return "welcome";
  if (method === "POST") return "wrong_session"; // the body names the session that is meant
  return token === "userToken" ? "session_not_found" : "welcome";
}

interface Case {
  readonly route: Route;
  readonly token: TokenKind;
  readonly uid: UidKind;
  /** Where the uid stands: half of them come as a cookie. */
  readonly isCookie: boolean;
  /** The uid itself, and a question, where they are more than any of their kind. */
  readonly as?: { readonly uid: string; readonly question: string };
}

const isWithdrawing = ({ method, path }: Route): boolean =>
  method === "DELETE" && path.includes("{question}");

async function createRequest(world: World, { route, ...who }: Case): Promise<WireRequest> {
  const [token, uid] = [world.tokens[who.token], who.as?.uid ?? (await world.uids[who.uid]())];
  // Whoever has none names somebody else, where a name alone is not enough.
  const another = isPipe(route) ? "nobody" : (world.users[0] ?? "");
  const inPath = route.names ? world.victims[route.names] : (uid ?? another);
  const parts = {
    sessionUid: world.sessionUid,
    code: world.joinCode,
    uid: inPath,
    page: "1.0",
    reaction: "x",
    state: "s",
    activity: ACTIVITY,
    question: who.as?.question ?? world.question,
    flow: FLOW,
    run: world.flowRun,
    secret: world.hookSecret,
  };
  const headers: (readonly [string, string])[] = [];
  if (isPipe(route)) headers.push(...UPGRADE);
  if (token !== undefined) headers.push(["X-Session-Token", token]);
  if (uid !== undefined) headers.push(who.isCookie ? ["Cookie", `uid=${uid}`] : ["X-Session-Uid", uid]);
  const body = route.body && Buffer.from(JSON.stringify(route.body(world)));
  return { method: route.method, path: fillPath(route, parts), headers, body };
}

/** What somebody heard instead of what they should; undefined where it is the same. */
async function check(world: World, one: Case, code = expected(one.route, one.token, one.uid)) {
  const request = await createRequest(world, one);
  const answer = await wire.send(request);
  const problem = judge.judge(request, answer);
  const isWelcome = goodStatuses(one.route).includes(answer.status);
  const heard = isWelcome ? "welcome" : (problem?.code ?? answer.status);
  if (heard === code) return undefined;
  const { method, path } = one.route;
  return `${method} ${path} with token: ${one.token}, uid: ${one.uid}: ${heard} instead of ${code}`;
}

/** A session that has ended, and has a recap that everybody may read. */
async function tellRecap(world: World): Promise<World> {
  const where = { token: world.hostToken };
  const status = async (method: string, what: string, json?: object) =>
    read(
      RecapStatus,
      await revint.request(method, `${world.path}/${what}`, { ...where, ...(json && { json }) }),
    );
  const { version, publishedAt } = await status("GET", "recap");
  if (version !== undefined && publishedAt !== undefined) return { ...world, recapVersion: version };
  const ended = await revint.request("POST", `${world.path}/end`, { ...where, uid: world.hostUid });
  expect(ended.status, await ended.text()).toBe(200);
  await status("POST", "recap");
  await status("POST", "recap/publish", { published: true });
  return tellRecap(world);
}

const ACTIVITY = "thought";
const FLOW = "go-on";

/** What the hooks of flows take, by session: it is told once. */
const hookSecrets = new Map<string, string>();

/** What is read, tried, called or taken away is there, and has failed. */
async function writeFlow(world: World, { path, method }: Route): Promise<World> {
  if (!path.includes("{flow}") || method === "PUT") return world;
  const asHost = { token: world.hostToken };
  const where = `${world.path}/flows/${FLOW}`;
  const action = { do: "activity", activity: "none", status: "open" };
  const json = { name: "Go on", on: { event: "http" }, do: [action] };
  const { hookUrl } = await read(SavedFlow, await revint.request("PUT", where, { ...asHost, json }));
  if (hookUrl !== undefined) hookSecrets.set(world.sessionUid, hookUrl.split("/").at(-1) ?? "");
  const hookSecret = hookSecrets.get(world.sessionUid) ?? "none";
  if (!path.includes("{run}")) return { ...world, hookSecret };
  const told = await (await revint.request("POST", `${where}/run`, asHost)).text();
  const [, run = "{}"] = /event: run\ndata: (.+)/.exec(told) ?? [];
  return { ...world, hookSecret, flowRun: FlowRun.parse(JSON.parse(run)).id };
}

/** What is answered, closed or taken away is there, open, and revealed. */
async function ask({ path, hostToken, hostUid }: World, route: Route): Promise<void> {
  if (!route.path.includes("{activity}")) return;
  const asHost = { token: hostToken, uid: hostUid };
  const where = `${path}/activities/${ACTIVITY}`;
  // Texts alone are read one by one.
  const json = route.path.endsWith("/answers")
    ? { kind: "text", prompt: "Why?", clear: true }
    : { kind: "words", prompt: "One word" };
  await (await revint.request("PUT", where, { ...asHost, json })).text();
  await (
    await revint.request("POST", `${where}/status`, { ...asHost, json: { status: "open", revealed: true } })
  ).text();
}

/** Whoever withdraws a question has asked it. */
async function askOwn(world: World, one: Case): Promise<Case> {
  if (!isWithdrawing(one.route)) return one;
  const [token, uid] = [world.tokens[one.token] ?? "", (await world.uids[one.uid]()) ?? ""];
  const json = { text: "Mine?" };
  const asked = await revint.request("POST", `${world.path}/user/${uid}/questions`, { token, uid, json });
  return { ...one, as: { uid, question: (await read(LiveQuestion, asked)).id } };
}

/** Whoever sets the state, or opens an activity, drives. */
async function drive(world: World, one: Case): Promise<void> {
  if (!/\/state|\/status/.test(one.route.path) || one.route.method !== "POST") return;
  const [token, uid] = [world.tokens[one.token] ?? "", (await world.uids[one.uid]()) ?? ""];
  await (await revint.request("POST", `${world.path}/driver`, { token, uid })).text();
}

test("the table of routes is the one of the protocol", () => {
  const documented = rowsOf("| request |");
  expect(
    ROUTES.map(({ method, path, token, uid, answer }) => [`${method} ${path}`, token, uid, answer]),
  ).toEqual(documented);
});

test("everybody may do on every route what the protocol says, and nothing else", async () => {
  const { tokens, uids } = await createWorld(revint, judge);
  const wrong: string[] = [];
  for (const [index, token] of keysOf(tokens).entries()) {
    const world = await createWorld(revint, judge);
    const cases = ROUTES.flatMap((route) =>
      whoAsks(route, token, index, keysOf(uids)).map(
        (uid, other): Case => ({ route, token, uid, isCookie: (index + other) % 2 === 1 }),
      ),
    );
    const isWelcome = ({ route, token, uid }: Case) => expected(route, token, uid) === "welcome";
    const refused = cases.filter((one) => !isWelcome(one)).map((one) => check(world, one));
    wrong.push(...(await Promise.all(refused)).filter((each) => each !== undefined));
    let told = await createWorld(revint, judge, 1);
    // One after the other: who drives, who is in, what is there.
    for (const one of cases.filter(isWelcome)) {
      await ask(world, one.route);
      await drive(world, one);
      const isLast = one.route.isDestructive;
      if (isOfRecap(one.route)) told = await tellRecap(told);
      const where = isLast ? await createWorld(revint, judge, 1) : isOfRecap(one.route) ? told : world;
      const heard = await check(await writeFlow(where, one.route), await askOwn(world, one));
      if (heard !== undefined) wrong.push(heard);
    }
  }
  expect(wrong).toEqual([]);
  expect(judge.unavailable).toBe(0);
  expect(wire.sent).toBeGreaterThanOrEqual(6000);
  // Thousands of requests, most of them one after the other.
}, 600_000);

/**
 * Flows read no uid, and hooks no token either; an overlay's key is a token on one route alone: a few tell as much as all, and
 * whoever calls too many hooks waits.
 */
function whoAsks(route: Route, token: TokenKind, index: number, uids: UidKind[]): UidKind[] {
  if (isHook(route)) return index === 0 ? uids : uids.slice(0, 1);
  if (OVERLAY_KEYS.includes(token)) return ["none", "user", "overlay"];
  return isOfFlows(route) || isOverlayLogin(route) ? uids.slice(0, 3) : uids;
}

const keysOf = <T extends object>(object: T) => Object.keys(object) as (keyof T)[];

/** Everyone with what is theirs. */
const OWNERS: ReadonlyMap<TokenKind, UidKind> = new Map([
  ["host", "host"],
  ["presenter", "presenter"],
  ["moderator", "moderator"],
  ["audience", "user"],
  ["userToken", "user"],
  ["overlay key", "overlay"],
]);

/** A world whose uids are those of now: nobody gets a new one. */
async function createFixedWorld(people?: number): Promise<World> {
  const world = await createWorld(revint, judge, people);
  return { ...world, uids: { ...world.uids, host: async () => world.hostUid } };
}

/** Everyone on every route, after something has happened to all of them. */
async function checkOwners(
  world: World,
  expectedNow: (
    route: Route,
    token: TokenKind,
    before: ProblemCode | "welcome",
  ) => ProblemCode | "welcome" | undefined,
): Promise<void> {
  const wrong: string[] = [];
  for (const route of ROUTES) {
    for (const [token, uid] of OWNERS) {
      const code = expectedNow(route, token, expected(route, token, uid));
      if (code === undefined) continue;
      await ask(world, route);
      const one = { route, token, uid, isCookie: false };
      const prepared = code === "welcome" ? await writeFlow(world, route) : world;
      const heard = await check(prepared, code === "welcome" ? await askOwn(world, one) : one, code);
      if (heard !== undefined) wrong.push(heard);
    }
  }
  expect(wrong).toEqual([]);
}

test("where the host opens the results, users may read them, and nothing else is open to them", async () => {
  const world = await createFixedWorld();
  const json = { publicResults: true };
  const answer = await revint.request("POST", `${world.path}/rules`, { ...asHostOf(world), json });
  expect(answer.status).toBe(200);
  await checkOwners(world, (route, token, before) => {
    if (isOfRecap(route)) return undefined;
    if (token !== "audience" && token !== "userToken") return undefined;
    return before === "not_public" ? "welcome" : before;
  });
});

const asHostOf = ({ hostToken, hostUid }: World) => ({ token: hostToken, uid: hostUid });

test("whoever was sent out does nothing any more with what they had", async () => {
  const world = await createFixedWorld();
  await revint.request("POST", `${world.path}/revoke`, { token: world.hostToken });
  // A host that resumes its session may give its userToken again; this one does not.
  const { userToken: _, ...facts } = world.facts;
  const worldOfNow = { ...world, facts };
  await checkOwners(worldOfNow, (route, token, before) => {
    // What the host token alone may do, it goes on doing; where nothing is asked, nothing is refused.
    if (route.token === "–" && !isPipe(route)) return undefined;
    if (isOverlayLogin(route)) return "invalid_token";
    if (route.uid === "–" && token === "host") return undefined;
    if (!isPipe(route) && token === "userToken" && route.path.includes("{sessionUid}"))
      return "wrong_session";
    if (before !== "welcome") return before === "not_public" ? "not_participant" : before;
    // Whoever has the link may read one, as before.
    if (isOfRecap(route) || isOfFlows(route)) return CO_HOSTS.includes(token) ? "not_host" : undefined;
    if (route.path.endsWith("/new") || route.path.endsWith("/login")) return "welcome";
    const isByInvitation = CO_HOSTS.includes(token) && route.token !== "any" && !isPipe(route);
    return isByInvitation ? "not_host" : "not_participant";
  });
});

test("whoever comes back after being sent out gets a new uid", async () => {
  const world = await createFixedWorld(1);
  const [uid = ""] = world.users;
  await revint.request("POST", `${world.path}/revoke`, { token: world.hostToken });
  const again = await revint.join(world.sessionUid, { "x-session-uid": uid });
  expect(again.uid).not.toBe(uid);
  expect((await revint.request("GET", `${world.path}/state`, again)).status).toBe(200);
});

test("where a session was deleted, everybody hears that there is none", async () => {
  const world = await createFixedWorld();
  const deleted = await revint.request("DELETE", world.path, { token: world.hostToken });
  expect(deleted.status).toBe(204);
  await checkOwners(world, (route, token, before) => {
    // A page says it in words of its own.
    if (!/^\/(api|ws)\//.test(route.path)) return undefined;
    if (isHook(route)) return "flow_not_found";
    // It knows nothing of userTokens any more, and another one's session may live.
    if (token === "userToken") return undefined;
    if (before === "not_public") return "session_not_found";
    if (before !== "welcome") return before;
    const isForgetting =
      route.method === "DELETE" && !route.names && !/{activity}|{question}|{flow}/.test(route.path);
    if (isForgetting) return "welcome";
    return CO_HOSTS.includes(token) && !isPipe(route) && route.token !== "any" && route.token !== "–"
      ? undefined
      : "session_not_found";
  });
});

test("a host token that has expired opens nothing, and the session goes on", async () => {
  const exp = Math.ceil(Date.now() / 1000) + 2;
  const token = await revint.sign({ exp });
  const { sessionUid, hostUid } = await revint.host(token);
  const person = await revint.join(sessionUid);
  const path = `/api/v1/session/${sessionUid}`;
  const asHost = { token, uid: hostUid };
  expect((await revint.request("POST", `${path}/state/1/x`, asHost)).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, exp * 1000 + 1 - Date.now()));
  const world = await createFixedWorld(1);
  const expired = {
    ...world,
    sessionUid,
    tokens: { ...world.tokens, host: token },
    uids: { ...world.uids, host: async () => hostUid },
  };
  const wrong: (string | undefined)[] = [];
  for (const route of ROUTES.filter((route) => route.token !== "–")) {
    wrong.push(await check(expired, { route, token: "host", uid: "host", isCookie: false }, "invalid_token"));
  }
  expect(wrong.filter((each) => each !== undefined)).toEqual([]);
  expect((await revint.request("POST", `${path}/user/${person.uid}/react/1/x`, person)).status).toBe(200);
});

test("none of all this was a bug of ours", () => {
  expect(JSON.stringify(revint.harness.getLogs())).not.toContain('"stack"');
});
