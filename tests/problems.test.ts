import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProblemCode } from "../shared/protocol/problem.ts";
import { type Deployment, type RequestOptions, readProblem, startDeployment } from "./deployment.ts";

let revint: Deployment;
let hostToken: string;
let foreignHostToken: string;
let userToken: string;
let session: { sessionUid: string; hostUid: string };
let other: { sessionUid: string; hostUid: string };
let user: { uid: string; token: string };
let neighbour: { uid: string; token: string };
let stranger: { uid: string; token: string };

beforeAll(async () => {
  // Nobody gets another reaction while the 40 of a test are on their way.
  revint = await startDeployment({ rooms: { REACTIONS_PER_SECOND: "0.1" } });
  [hostToken, foreignHostToken, userToken] = await Promise.all([
    revint.sign(),
    revint.sign(),
    revint.sign({ host: false }),
  ]);
  session = await revint.host(hostToken);
  other = await revint.host(foreignHostToken);
  user = await revint.join(session.sessionUid);
  neighbour = await revint.join(session.sessionUid);
  stranger = await revint.join(other.sessionUid);
});
afterAll(() => revint.close());

interface Wrong {
  readonly what: string;
  readonly code: ProblemCode;
  readonly request: () => readonly [method: string, path: string, options?: RequestOptions];
}

const path = () => `/api/v1/session/${session.sessionUid}`;
const asUser = () => ({ token: user.token, uid: user.uid });
const asHost = () => ({ token: hostToken, uid: session.hostUid });
const react = (options: RequestOptions, uid = user.uid) =>
  ["POST", `${path()}/user/${uid}/react/1/x`, options] as const;
const setState = (options: RequestOptions) => ["POST", `${path()}/state/1/x`, options] as const;
const newSession = (token: string | undefined, json: unknown) =>
  ["POST", "/api/v1/session/new", { json, ...(token !== undefined && { token }) }] as const;
const urls = () => ({ apiUrl: revint.url, webUiUrl: revint.url });
const change = (text: string, index: number) =>
  `${text.slice(0, index)}${text[index] === "A" ? "B" : "A"}${text.slice(index + 1)}`;

const tokens: Wrong[] = [
  { what: "no token", code: "missing_token", request: () => react({ uid: user.uid }) },
  { what: "an empty token", code: "missing_token", request: () => react({ uid: user.uid, token: "" }) },
  { what: "a garbled token", code: "invalid_token", request: () => react({ ...asUser(), token: "%%%" }) },
  { what: "half a token", code: "invalid_token", request: () => newSession(hostToken.split(".")[0], urls()) },
  {
    what: "a tampered payload",
    code: "invalid_token",
    request: () => newSession(change(hostToken, 4), urls()),
  },
  {
    what: "a tampered signature",
    code: "invalid_token",
    request: () => newSession(change(hostToken, hostToken.length - 9), urls()),
  },
  {
    what: "a token of 5,000 characters",
    code: "invalid_token",
    request: () => newSession(`e30.${"A".repeat(5000)}`, urls()),
  },
  { what: "a host:false token", code: "not_host", request: () => newSession(userToken, urls()) },
  {
    what: "the audience token as host",
    code: "invalid_token",
    request: () => newSession(user.token, urls()),
  },
  {
    what: "a foreign host token",
    code: "wrong_session",
    request: () => react({ ...asUser(), token: foreignHostToken }),
  },
  {
    what: "a foreign audience token",
    code: "invalid_token",
    request: () => react({ ...asUser(), token: stranger.token }),
  },
  {
    what: "a userToken nobody gave",
    code: "wrong_session",
    request: () => react({ ...asUser(), token: userToken }),
  },
  { what: "a user setting the state", code: "not_host", request: () => setState(asUser()) },
  {
    what: "a foreign host setting the state",
    code: "wrong_session",
    request: () => setState({ ...asHost(), token: foreignHostToken }),
  },
];

const uids: Wrong[] = [
  { what: "no uid", code: "not_participant", request: () => react({ token: user.token }) },
  {
    what: "a truncated uid",
    code: "not_participant",
    request: () => react({ ...asUser(), uid: user.uid.slice(0, -1) }),
  },
  {
    what: "a forged uid",
    code: "not_participant",
    request: () => react({ ...asUser(), uid: change(user.uid, 40) }),
  },
  {
    what: "a uid moved to another room",
    code: "not_participant",
    request: () => react({ ...asUser(), uid: change(user.uid, 4) }),
  },
  {
    what: "another participant's uid in the path",
    code: "not_participant",
    request: () => react(asUser(), neighbour.uid),
  },
  {
    what: "a uid of another session",
    code: "not_participant",
    request: () => react({ token: user.token, uid: stranger.uid }, stranger.uid),
  },
  {
    what: "a host's uid as user",
    code: "not_participant",
    request: () => react({ token: hostToken, uid: session.hostUid }, session.hostUid),
  },
  {
    what: "a user's uid as host",
    code: "not_host",
    request: () => setState({ token: hostToken, uid: user.uid }),
  },
  {
    what: "totals without a uid",
    code: "not_participant",
    request: () => ["GET", `${path()}/reactions`, { token: user.token }],
  },
  {
    what: "a host token in a query",
    code: "invalid_token",
    request: () => ["GET", `${path()}/events?token=${hostToken}&uid=${session.hostUid}`],
  },
];

const places: Wrong[] = [
  {
    what: "a sessionUid that is none",
    code: "session_not_found",
    request: () => ["GET", "/api/v1/session/nope"],
  },
  {
    what: "a mistyped sessionUid",
    code: "session_not_found",
    request: () => ["GET", `/api/v1/session/${change(session.sessionUid, 3)}`],
  },
  { what: "an unknown route", code: "not_found", request: () => ["GET", "/api/v1/nothing"] },
  { what: "an unknown route of a session", code: "not_found", request: () => ["GET", `${path()}/nothing`] },
  { what: "a wrong method", code: "method_not_allowed", request: () => ["PUT", `${path()}/state`, asHost()] },
  { what: "PUT on the look-up", code: "method_not_allowed", request: () => ["PUT", path(), asHost()] },
  {
    what: "a pipe without an upgrade",
    code: "upgrade_required",
    request: () => ["GET", `/ws/v1/session/${session.sessionUid}/user/${user.uid}/pipe`],
  },
  {
    what: "a pipe with a bad uid",
    code: "not_participant",
    request: () => ["GET", `/ws/v1/session/${session.sessionUid}/user/${change(user.uid, 30)}/pipe`],
  },
  {
    what: "a host's pipe with a user's uid",
    code: "not_participant",
    request: () => ["GET", `/ws/v1/session/${session.sessionUid}/host/${user.uid}/pipe`],
  },
];

const contents: Wrong[] = [
  {
    what: "an overlong page",
    code: "invalid_request",
    request: () => ["POST", `${path()}/user/${user.uid}/react/${"p".repeat(65)}/x`, asUser()],
  },
  {
    what: "an overlong reaction",
    code: "invalid_request",
    request: () => [
      "POST",
      `${path()}/user/${user.uid}/react`,
      { ...asUser(), json: { page: "1", reaction: "🔥".repeat(65) } },
    ],
  },
  {
    what: "broken percent-encoding",
    code: "invalid_request",
    request: () => ["POST", `${path()}/user/${user.uid}/react/%E0%A4%A/x`, asUser()],
  },
  {
    what: "a lone surrogate",
    code: "invalid_request",
    request: () => [
      "POST",
      `${path()}/user/${user.uid}/react`,
      { ...asUser(), body: '{"page":"\\ud800","reaction":"x"}' },
    ],
  },
  {
    what: "a page that JSON would swallow",
    code: "invalid_request",
    request: () => ["POST", `${path()}/user/${user.uid}/react/__proto__/x`, asUser()],
  },
  {
    what: "a body that is not JSON",
    code: "invalid_request",
    request: () => ["POST", `${path()}/user/${user.uid}/react`, { ...asUser(), body: "{" }],
  },
  {
    what: "no body where one is needed",
    code: "invalid_request",
    request: () => ["POST", `${path()}/user/${user.uid}/react`, { ...asUser(), body: "" }],
  },
  {
    what: "two objects in an array",
    code: "invalid_request",
    request: () => [
      "POST",
      `${path()}/user/${user.uid}/react`,
      { ...asUser(), body: '[{"page":"1","reaction":"x"},{}]' },
    ],
  },
  {
    what: "numbers for text",
    code: "invalid_request",
    request: () => ["POST", `${path()}/state`, { ...asHost(), json: { page: 1, state: 2 } }],
  },
  {
    what: "a state over 4 KiB",
    code: "invalid_request",
    request: () => ["POST", `${path()}/state`, { ...asHost(), json: { page: "1", state: "é".repeat(2049) } }],
  },
  {
    what: "a body over 16 KiB",
    code: "too_large",
    request: () => [
      "POST",
      `${path()}/state`,
      { ...asHost(), json: { page: "1", state: "s".repeat(17_000) } },
    ],
  },
  {
    what: "an idempotency key with a space",
    code: "invalid_request",
    request: () => react({ ...asUser(), headers: { "idempotency-key": "a b" } }),
  },
  {
    what: "an overlong idempotency key",
    code: "invalid_request",
    request: () => react({ ...asUser(), headers: { "idempotency-key": "k".repeat(65) } }),
  },
  { what: "a session without URLs", code: "invalid_request", request: () => newSession(hostToken, {}) },
  {
    what: "a session with a script for a URL",
    code: "invalid_request",
    request: () => newSession(hostToken, { ...urls(), webUiUrl: "javascript:alert(1)" }),
  },
  {
    what: "a relative URL",
    code: "invalid_request",
    request: () => newSession(hostToken, { ...urls(), apiUrl: "/api" }),
  },
  {
    what: "13 reactions",
    code: "invalid_request",
    request: () =>
      newSession(hostToken, { ...urls(), reactions: Array.from({ length: 13 }, (_, i) => `r${i}`) }),
  },
  {
    what: "an audience of zero",
    code: "invalid_request",
    request: () => newSession(hostToken, { ...urls(), expectedAudience: 0 }),
  },
  {
    what: "the host token as userToken",
    code: "invalid_request",
    request: () => newSession(hostToken, { ...urls(), userToken: hostToken }),
  },
];

describe.each([
  ["a wrong token", tokens],
  ["a wrong uid", uids],
  ["a wrong place", places],
  ["wrong contents", contents],
])("%s is refused with its code:", (_, wrongs) => {
  test.each(wrongs)("$what → $code", async ({ code, request }) => {
    const problem = await readProblem(await revint.request(...request()));
    expect(problem).toMatchObject({ code });
    expect(problem.requestId).not.toBe("");
    expect(problem.detail).not.toBe("");
  });
});

test("a refusal says where the input is wrong", async () => {
  const problem = await readProblem(
    await revint.request("POST", `${path()}/state`, { ...asHost(), json: { page: "", state: 1 } }),
  );
  expect(problem.issues?.map((issue) => issue.path)).toEqual(["page", "state"]);
});

test("a wrong method is told the right ones", async () => {
  const response = await revint.request("DELETE", `${path()}/state`, asHost());
  expect(response.headers.get("allow")).toBe("POST, GET, HEAD");
});

test("over the limit: 429 with a time, and the neighbour feels nothing", async () => {
  const { uid, token } = await revint.join(session.sessionUid);
  const tap = () => revint.request("POST", `${path()}/user/${uid}/react/1/fast`, { token, uid });
  const answers = await Promise.all(Array.from({ length: 40 }, tap));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(5);
  for (const answer of refused) {
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await readProblem(answer)).toMatchObject({ code: "rate_limited" });
  }
  const calm = await revint.request("POST", `${path()}/user/${neighbour.uid}/react/1/calm`, neighbour);
  expect(calm.status).toBe(200);
});

test("a full session takes nobody more, but who is in stays in", async () => {
  const { sessionUid } = await revint.host(undefined, { maxParticipants: 2 });
  const first = await revint.join(sessionUid);
  await revint.join(sessionUid);
  const login = `/api/v1/session/${sessionUid}/login`;
  const third = await revint.request("POST", login, { token: first.token });
  expect(third.headers.get("retry-after")).not.toBeNull();
  expect(await readProblem(third)).toMatchObject({ code: "session_full" });
  expect((await revint.join(sessionUid, { "x-session-uid": first.uid })).uid).toBe(first.uid);
});

test("the 1,001st kind of reaction is refused, the 1,000 others go on", async () => {
  const { sessionUid } = await revint.host();
  const people = await Promise.all(Array.from({ length: 60 }, () => revint.join(sessionUid)));
  const react = (index: number, reaction: string) => {
    const person = people[index % people.length];
    if (!person) throw new RangeError();
    const where = `/api/v1/session/${sessionUid}/user/${person.uid}/react/1/${reaction}`;
    return revint.request("POST", where, person);
  };
  const answers: Response[] = [];
  for (let start = 0; start < 1000; start += 100) {
    const some = Array.from({ length: 100 }, (_, i) => react(start + i, `kind-${start + i}`));
    answers.push(...(await Promise.all(some)));
  }
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await readProblem(await react(41, "one-more"))).toMatchObject({ code: "too_many_kinds" });
  expect((await react(42, "kind-7")).status).toBe(200);
});

describe("a browser on another origin", () => {
  const origin = "https://deck.example";

  test("may call, with credentials: preflight 204, origin echoed, Vary", async () => {
    const preflight = await fetch(new URL(`${path()}/state`, revint.url), {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-session-token,x-session-uid,idempotency-key",
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
    expect(preflight.headers.get("access-control-allow-credentials")).toBe("true");
    expect(preflight.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("x-session-token");
    expect(preflight.headers.get("vary")).toContain("Origin");
  });

  test.each([
    ["a good answer", () => ["GET", path(), { headers: { origin } }] as const],
    ["a refusal", () => react({ headers: { origin } })],
    ["an unknown path", () => ["GET", "/api/v1/nothing", { headers: { origin } }] as const],
    ["a wrong method", () => ["PUT", path(), { headers: { origin } }] as const],
    ["events", () => ["GET", `${path()}/events`, { ...asUser(), headers: { origin } }] as const],
    ["an export", () => ["GET", `${path()}/reactions/export`, { ...asHost(), headers: { origin } }] as const],
  ] satisfies [string, Wrong["request"]][])("can read %s", async (_, request) => {
    const [method, where, options] = request();
    const response = await revint.request(method, where, options);
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    expect(response.headers.get("access-control-allow-credentials")).toBe("true");
    expect(response.headers.get("vary")).toContain("Origin");
    await response.body?.cancel();
  });
});

describe("every answer", () => {
  test.each([
    ["a good one", () => ["GET", path()] as const],
    ["a refusal", () => react({})],
    ["an unknown path", () => ["GET", "/api/v1/nothing"] as const],
    ["events", () => ["GET", `${path()}/events`, asUser()] as const],
    ["an export", () => ["GET", `${path()}/reactions/export`, asHost()] as const],
  ] satisfies [string, Wrong["request"]][])("has a name, and is kept by no cache: %s", async (_, request) => {
    const [method, where, options] = request();
    // As a page of the deployment itself asks: it needs no permission.
    const headers = { origin: revint.url };
    const response = await revint.request(method, where, { ...options, headers });
    expect(response.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("vary")).toContain("Origin");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    await response.body?.cancel();
  });
});

test("answers and pages ask browsers for https alone from then on", async () => {
  for (const where of [path(), "/", "/join", "/no-such-page"]) {
    const response = await revint.request("GET", where);
    expect(response.headers.get("strict-transport-security"), where).toBe("max-age=15552000");
    await response.body?.cancel();
  }
});

describe("a deployment", () => {
  test("that names its origins echoes no other", async () => {
    const narrow = await startDeployment({
      api: { ALLOWED_ORIGINS: "https://mine.example https://deck.example" },
    });
    try {
      const ask = async (origin: string) => {
        const response = await narrow.request("GET", "/api/v1/session/nope", { headers: { origin } });
        return response.headers.get("access-control-allow-origin");
      };
      expect(await ask("https://deck.example")).toBe("https://deck.example");
      expect(await ask("https://evil.example")).toBeNull();
    } finally {
      await narrow.close();
    }
  });

  test("without keys answers 503 and logs why", async () => {
    const bare = await startDeployment({ secrets: { PUBLIC_KEY: "", SESSION_SECRET: "" } });
    try {
      const response = await bare.request("GET", "/api/v1/session/nope");
      expect(await readProblem(response)).toMatchObject({ code: "not_configured" });
      await expect.poll(() => JSON.stringify(bare.harness.getLogs())).toContain("SESSION_SECRET is missing");
    } finally {
      await bare.close();
    }
  });
});

test("none of all this was a 500", () => {
  expect(JSON.stringify(revint.harness.getLogs())).not.toContain('"stack"');
});
