import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import { LAST_GENERATION, splitUid } from "../shared/protocol/identity.ts";
import { Done, LoginAnswer, RevokeAnswer, SessionAnswer } from "../shared/protocol/session.schema.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { type Deployment, type RequestOptions, read, readProblem, startDeployment } from "./deployment.ts";
import { Pipe } from "./pipe.ts";

let revint: Deployment;

beforeAll(async () => {
  revint = await startDeployment({ rooms: { ROOM_CAPACITY: "2", ROOM_FANOUT: "2" } });
});
afterAll(() => revint.close());

const sessionPath = (sessionUid: string) => `/api/v1/session/${sessionUid}`;
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

describe("a token that says when it ends", () => {
  test("is good until then", async () => {
    const token = await revint.sign({ exp: inSeconds(3600) });
    const { sessionUid, hostUid } = await revint.host(token);
    const as = { token, uid: hostUid };
    expect((await revint.request("POST", `${sessionPath(sessionUid)}/state/1/s`, as)).status).toBe(200);
  });

  test("is refused afterwards, and says why", async () => {
    const token = await revint.sign({ exp: inSeconds(-1) });
    const json = { apiUrl: revint.url, webUiUrl: revint.url };
    const problem = await readProblem(await revint.request("POST", "/api/v1/session/new", { token, json }));
    expect(problem).toMatchObject({ code: "invalid_token", detail: expect.stringContaining("expired") });
  });

  test("as userToken lets nobody in when it is over", async () => {
    const json = { apiUrl: revint.url, webUiUrl: revint.url };
    const over = await revint.sign({ host: false, exp: inSeconds(-1) });
    const refused = await revint.request("POST", "/api/v1/session/new", {
      token: await revint.sign(),
      json: { ...json, userToken: over },
    });
    expect(await readProblem(refused)).toMatchObject({ code: "invalid_request" });
  });
});

describe("sending everybody out", () => {
  async function start() {
    const token = await revint.sign();
    const userToken = await revint.sign({ host: false });
    const { sessionUid, hostUid } = await revint.host(token, { userToken, expectedAudience: 6 });
    const path = sessionPath(sessionUid);
    const ask = (method: string, where: string, as: RequestOptions) =>
      revint.request(method, `${path}${where}`, as);
    const revoke = async (as: RequestOptions = { token }) =>
      read(RevokeAnswer, await ask("POST", "/revoke", as));
    return { token, userToken, sessionUid, hostUid, path, ask, revoke, asHost: { token, uid: hostUid } };
  }

  test("refuses every uid of before, in every room, and login gives a new one", async () => {
    const session = await start();
    const people = await Promise.all(Array.from({ length: 5 }, () => revint.join(session.sessionUid)));
    const react = (as: { token: string; uid: string }) =>
      session.ask("POST", `/user/${as.uid}/react/0/x`, as);
    for (const person of people) await read(Done, await react(person));

    const { generation } = await session.revoke();
    expect(generation).toBe(1);
    for (const person of people) {
      const answers = await Promise.all([
        react(person),
        session.ask("GET", "/state", person),
        session.ask("GET", "/reactions", person),
        session.ask("GET", "/timeline", person),
        session.ask("GET", "/reactions/export", person),
        session.ask("GET", "/events", person),
        session.ask("DELETE", `/user/${person.uid}`, person),
      ]);
      for (const answer of answers)
        expect(await readProblem(answer)).toMatchObject({ code: "not_participant" });

      const again = await read(LoginAnswer, await session.ask("POST", "/login", person));
      expect(again.uid).not.toBe(person.uid);
      // The audience token is the one of the printed QR code: it stays.
      expect(again.token).toBe(person.token);
      await read(Done, await react(again));
      expect(await revint.join(session.sessionUid, { "x-session-uid": again.uid })).toEqual(again);
    }
    const { hostUid } = await session.revoke();
    const asHost = { token: session.token, uid: hostUid };
    const count = async () => read(SessionTotals, await session.ask("GET", "/reactions", asHost));
    await expect.poll(count).toMatchObject({ total: 10 });
  });

  test("refuses the hostUid of before; the host token alone gets a new one", async () => {
    const session = await start();
    const { hostUid } = await session.revoke();
    expect(hostUid).not.toBe(session.hostUid);
    const setState = (uid: string) => session.ask("POST", "/state/1/s", { token: session.token, uid });
    expect(await readProblem(await setState(session.hostUid))).toMatchObject({ code: "not_participant" });
    expect((await setState(hostUid)).status).toBe(200);

    const json = { apiUrl: revint.url, webUiUrl: revint.url };
    const resume = async (uid: string) =>
      (
        await (
          await revint.request("POST", "/api/v1/session/new", { token: session.token, uid, json })
        ).json()
      ).hostUid;
    expect(await resume(hostUid)).toBe(hostUid);
    const renewed = await resume(session.hostUid);
    expect(renewed).not.toBe(session.hostUid);
    expect((await setState(renewed)).status).toBe(200);
  });

  test("takes co-hosts' invitations and the userToken back", async () => {
    const session = await start();
    const json = { role: "presenter" };
    const coHost = await read(CoHostAnswer, await session.ask("POST", "/hosts", { ...session.asHost, json }));
    const asCoHost = { token: coHost.token, uid: coHost.hostUid };
    const withUserToken = () => session.ask("POST", "/login", { token: session.userToken });
    expect((await session.ask("GET", "/rules", asCoHost)).status).toBe(200);
    expect((await withUserToken()).status).toBe(200);

    const { hostUid } = await session.revoke();
    expect(await readProblem(await session.ask("GET", "/rules", asCoHost))).toMatchObject({
      code: "not_host",
    });
    expect(await readProblem(await withUserToken())).toMatchObject({ code: "wrong_session" });
    const anew = await session.ask("POST", "/hosts", { token: session.token, uid: hostUid, json });
    const invited = await read(CoHostAnswer, anew);
    expect((await session.ask("GET", "/rules", { token: invited.token, uid: invited.hostUid })).status).toBe(
      200,
    );
  });

  test("closes every pipe with 1008, after an error that says why", async () => {
    const session = await start();
    const people = await Promise.all(Array.from({ length: 3 }, () => revint.join(session.sessionUid)));
    const uids = [session.hostUid, ...people.map(({ uid }) => uid)];
    const pipes = await Promise.all(uids.map((uid) => Pipe.greeted(revint.url, session.sessionUid, uid)));
    await session.revoke();
    for (const pipe of pipes) {
      expect((await pipe.closed).code).toBe(1008);
      expect(pipe.heard.at(-1)).toMatchObject({ type: "error", code: "not_participant" });
    }
    for (const uid of uids) {
      await expect(Pipe.open(revint.url, session.sessionUid, uid)).rejects.toThrow("refused");
    }
  });

  test("is the host's alone, and leaves name and link as they are", async () => {
    const session = await start();
    const person = await revint.join(session.sessionUid);
    const json = { role: "moderator" };
    const coHost = await read(CoHostAnswer, await session.ask("POST", "/hosts", { ...session.asHost, json }));
    const wrong = [person, { token: session.userToken }, { token: await revint.sign() }];
    for (const as of wrong) expect((await session.ask("POST", "/revoke", as)).status).toBe(403);
    const asCoHost = { token: coHost.token, uid: coHost.hostUid };
    expect(await readProblem(await session.ask("POST", "/revoke", asCoHost))).toMatchObject({
      code: "role_not_allowed",
    });
    const info = async () => read(SessionAnswer, await session.ask("GET", "", {}));
    const before = await info();
    await session.revoke();
    expect(await info()).toEqual(before);
  });

  test("of a session that is not there finds none", async () => {
    const token = await revint.sign();
    const { sessionUid } = await revint.host(token);
    await revint.request("DELETE", sessionPath(sessionUid), { token });
    const problem = await readProblem(
      await revint.request("POST", `${sessionPath(sessionUid)}/revoke`, { token }),
    );
    expect(problem).toMatchObject({ code: "session_not_found" });
  });

  test("can be done as often as generations can be counted", async () => {
    const session = await start();
    const names = new Set([splitUid(session.hostUid).participant]);
    for (let round = 1; round <= LAST_GENERATION; round++) {
      const { generation, hostUid } = await session.revoke();
      expect(generation).toBe(round);
      names.add(splitUid(hostUid).participant);
    }
    expect(names.size).toBe(LAST_GENERATION + 1);
    const refused = await session.ask("POST", "/revoke", { token: session.token });
    expect(await readProblem(refused)).toMatchObject({ code: "invalid_request" });
  });
});

describe("a userToken", () => {
  const start = async (userToken: string, token?: string) => {
    const json = { apiUrl: revint.url, webUiUrl: revint.url, userToken };
    const asked = { token: token ?? (await revint.sign()), json };
    return revint.request("POST", "/api/v1/session/new", asked);
  };

  test("may be any signed token, with or without host: it lets in a user, and nothing more", async () => {
    const userToken = await revint.sign();
    const token = await revint.sign();
    const { sessionUid, hostUid } = await revint.host(token, { userToken });
    const path = sessionPath(sessionUid);
    const { uid } = await read(
      LoginAnswer,
      await revint.request("POST", `${path}/login`, { token: userToken }),
    );
    const as = { token: userToken, uid };
    expect((await revint.request("POST", `${path}/user/${uid}/react/0/x`, as)).status).toBe(200);
    expect((await revint.request("GET", `${path}/reactions`, as)).status).toBe(200);
    const refused = await Promise.all([
      revint.request("POST", `${path}/state/1/s`, { token: userToken, uid: hostUid }),
      revint.request("POST", `${path}/rules`, { token: userToken, uid: hostUid, json: {} }),
      revint.request("POST", `${path}/end`, { token: userToken, uid: hostUid }),
      revint.request("POST", `${path}/revoke`, { token: userToken }),
      revint.request("DELETE", path, { token: userToken }),
    ]);
    for (const answer of refused) expect(await readProblem(answer)).toMatchObject({ code: "not_host" });
  });

  test("that is the host token of another session hosts that one", async () => {
    const userToken = await revint.sign();
    const other = await revint.host(userToken);
    await revint.host(undefined, { userToken });
    const as = { token: userToken, uid: other.hostUid };
    expect((await revint.request("POST", `${sessionPath(other.sessionUid)}/state/1/s`, as)).status).toBe(200);
  });

  test("is never the host token itself, however it is written", async () => {
    const token = await revint.sign();
    for (const same of [token, token.replace(".", "==.")]) {
      expect(await readProblem(await start(same, token))).toMatchObject({ code: "invalid_request" });
    }
  });

  test("that nobody signed for us is refused", async () => {
    expect(await readProblem(await start("e30.AAAA"))).toMatchObject({ code: "invalid_request" });
  });
});

describe("the cookie", () => {
  const login = (headers: Record<string, string>) => async () => {
    const { sessionUid } = await revint.host();
    const { token } = await revint.join(sessionUid);
    return revint.request("POST", `${sessionPath(sessionUid)}/login`, { token, headers });
  };
  const open = (headers: Record<string, string>) => async () => {
    const json = { apiUrl: revint.url, webUiUrl: revint.url };
    return revint.request("POST", "/api/v1/session/new", { token: await revint.sign(), json, headers });
  };
  const foreign = { origin: "https://evil.example" };

  test.each([
    ["login without an origin", () => login({}), true],
    ["login from our own pages", () => login({ origin: revint.url }), true],
    ["login from elsewhere", () => login(foreign), false],
    ["login from a page without an origin of its own", () => login({ origin: "null" }), false],
    ["new without an origin", () => open({}), true],
    ["new from elsewhere", () => open(foreign), false],
  ])("is given to our own: %s", async (_, ask, isGiven) => {
    const response = await ask()();
    expect(response.status).toBe(200);
    expect(response.headers.has("set-cookie")).toBe(isGiven);
  });
});
