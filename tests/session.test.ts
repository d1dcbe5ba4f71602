import { beforeAll, describe, expect, test } from "vitest";
import { signToken } from "../scripts/host-token.ts";
import { createKeyPair } from "../scripts/key-pair.ts";
import { nameSession } from "../scripts/session-name.ts";
import { splitSessionUid } from "../shared/protocol/identity.ts";
import { LoginAnswer, NewSessionAnswer, SessionAnswer } from "../shared/protocol/session.schema.ts";
import { SetStateAnswer, StateAnswer } from "../shared/protocol/state.schema.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { type Deployment, read, readProblem, shareDeployment } from "./deployment.ts";

let revint: Deployment;

beforeAll(async () => {
  revint = await shareDeployment();
});

const sessionPath = (sessionUid: string) => `/api/v1/session/${sessionUid}`;

test("50 people join at once, react 3 times each, and nobody is lost", async () => {
  const { sessionUid, token, hostUid } = await revint.host();
  const { hash } = splitSessionUid(sessionUid);
  const people = await Promise.all(Array.from({ length: 50 }, () => revint.join(sessionUid)));
  expect(new Set(people.map(({ uid }) => uid)).size).toBe(50);

  await Promise.all(
    people.flatMap(({ uid, token }) =>
      ["👍", "❤️", "👍"].map(async (reaction) => {
        const path = `${sessionPath(sessionUid)}/user/${uid}/react/1.0/${encodeURIComponent(reaction)}`;
        const response = await revint.request("POST", path, { token, uid });
        expect(await response.json()).toEqual({ success: true });
      }),
    ),
  );

  const totals = await revint.request("GET", `${sessionPath(sessionUid)}/reactions`, { token, uid: hostUid });
  expect(await read(SessionTotals, totals)).toEqual({
    pages: { "1.0": { "👍": 100, "❤️": 50 } },
    total: 150,
    participants: 50,
  });

  const ledger = await revint.ledger(hash, 0);
  const { entries } = await ledger.list({ interaction: "reaction", limit: 1000 });
  expect(entries).toHaveLength(150);
  expect(new Set(entries.map(({ participant }) => participant)).size).toBe(50);

  await expect.poll(() => revint.countRecords(hash, "users")).toBe(50);
});

test("a storm of newcomers is let in: each name is one person's, counted once and on record", async () => {
  const { sessionUid, token, hostUid } = await revint.host(undefined, {
    maxParticipants: 10_000,
    expectedAudience: 500,
  });
  const { hash } = splitSessionUid(sessionUid);
  const people: { uid: string; token: string }[] = [];
  const lane = async () => {
    for (let turn = 0; turn < 15; turn++) people.push(await revint.join(sessionUid));
  };
  await Promise.all(Array.from({ length: 20 }, lane));
  expect(new Set(people.map(({ uid }) => uid)).size).toBe(300);
  const countJoined = async () => {
    const path = `${sessionPath(sessionUid)}/reactions`;
    return (await read(SessionTotals, await revint.request("GET", path, { token, uid: hostUid })))
      .participants;
  };
  await expect.poll(countJoined).toBe(300);
  await expect.poll(() => revint.countRecords(hash, "users")).toBe(300);
  for (const { uid, token } of people.slice(-50)) {
    const path = `${sessionPath(sessionUid)}/user/${uid}/react/1.0/x`;
    expect((await revint.request("POST", path, { token, uid })).status).toBe(200);
  }
});

describe("a host token alone", () => {
  const find = (token?: string) =>
    revint.request("GET", "/api/v1/session", token === undefined ? {} : { token });

  test("finds its session, and is told what everybody is told", async () => {
    const token = await revint.sign();
    const { sessionUid } = await revint.host(token);
    const found = await read(SessionAnswer, await find(token));
    expect(found).toEqual(await read(SessionAnswer, await revint.request("GET", sessionPath(sessionUid))));
    // Nobody has said when.
    expect(found.startsAt).toBeNull();
    expect(found.sessionUid).toBe(sessionUid);
  });

  test("finds and starts nothing before the session was started", async () => {
    const token = await revint.sign();
    for (const _ of [1, 2]) {
      const problem = await readProblem(await find(token));
      expect(problem.code).toBe("session_not_found");
    }
    expect(await revint.host(token)).toMatchObject({ resumed: false });
  });

  test("is the only one that does", async () => {
    const { sessionUid } = await revint.host();
    const { token } = await revint.join(sessionUid);
    const codeOf = async (given?: string) => (await readProblem(await find(given))).code;
    expect(await codeOf()).toBe("missing_token");
    expect(await codeOf(token)).toBe("invalid_token");
    expect(await codeOf(await revint.sign({ host: false }))).toBe("not_host");
  });

  test("of another key is told which variable lacks it, and how to find out whose it is", async () => {
    const { privatePem } = await createKeyPair();
    const token = await signToken({ name: "A talk", date: "2026-11-20" }, privatePem);
    const { code, detail } = await readProblem(await find(token));
    expect(code).toBe("invalid_token");
    expect(detail).toContain("PUBLIC_KEY");
    expect(detail).toContain("npm run token -- --verify");
  });

  test("and the newest secret make the session's name, so that a code is printed before the deck has ever led", async () => {
    const token = await revint.sign();
    const name = nameSession(token, `${revint.secrets.SESSION_SECRET} an-older-one`);
    expect((await revint.host(token)).sessionUid).toBe(name);
  });
});

test("a session from its start to its counts, as a client sees it that has never met us", async () => {
  const [token, userToken] = [await revint.sign(), await revint.sign()];
  const facts = {
    apiUrl: revint.url,
    webUiUrl: `${revint.url}/join`,
    deckUrl: "https://talks.example.org/rooms/",
    anyReaction: true,
    reactions: ["👍"],
  };
  const create = () =>
    revint.request("POST", "/api/v1/session/new", { token, json: { ...facts, userToken } });
  const created = await create();
  expect(created.status).toBe(200);
  const { sessionUid, hostUid, resumed } = await read(NewSessionAnswer, created);
  expect(resumed).toBe(false);
  const again = await create();
  expect(again.status).toBe(200);
  expect(await read(NewSessionAnswer, again)).toMatchObject({ sessionUid, resumed: true });

  const path = sessionPath(sessionUid);
  expect(await read(SessionAnswer, await revint.request("GET", path))).toMatchObject(facts);
  const login = await revint.request("POST", `${path}/login`, { token: userToken });
  const { uid } = await read(LoginAnswer, login);
  const [asHost, asUser] = [
    { token, uid: hostUid },
    { token: userToken, uid },
  ];
  const set = await revint.request("POST", `${path}/state/1/shown`, asHost);
  expect(await read(SetStateAnswer, set)).toMatchObject({ success: true });
  const state = await read(StateAnswer, await revint.request("GET", `${path}/state`, asUser));
  expect(state).toMatchObject({ page: "1", state: "shown", uid: sessionUid, token: userToken });
  for (const reaction of ["👍", "👍", "in my own words"]) {
    const json = { page: "1", reaction };
    expect((await revint.request("POST", `${path}/user/${uid}/react`, { ...asUser, json })).status).toBe(200);
  }
  for (const as of [asHost, asUser]) {
    const totals = await revint.request("GET", `${path}/reactions`, as);
    expect(await read(SessionTotals, totals)).toEqual({
      pages: { "1": { "👍": 2, "in my own words": 1 } },
      total: 3,
      participants: 1,
    });
  }
});

test("a session is found by its public name and says nothing secret", async () => {
  const token = await revint.sign({ name: "On rooms", date: "2026-11-20" });
  const { sessionUid, joinUrl } = await revint.host(token, {
    webUiUrl: "https://example.org/join?lang=en#top",
    reactions: ["👍", "so-so"],
  });
  expect(joinUrl).toBe(`https://example.org/join?lang=en&session=${sessionUid}#top`);
  const info = await read(SessionAnswer, await revint.request("GET", sessionPath(sessionUid)));
  expect(info).toMatchObject({
    sessionUid,
    name: "On rooms",
    date: "2026-11-20",
    reactions: ["👍", "so-so"],
  });
  expect(info.token).toBe(info.userToken);
  expect(info.token).not.toBe(token);
});

describe("the same host token", () => {
  test("resumes its session with everything in it", async () => {
    const token = await revint.sign();
    const first = await revint.host(token);
    const { uid, token: audience } = await revint.join(first.sessionUid);
    await revint.request("POST", `${sessionPath(first.sessionUid)}/state`, {
      token,
      uid: first.hostUid,
      json: { page: "3", state: "here" },
    });
    await revint.request("POST", `${sessionPath(first.sessionUid)}/user/${uid}/react/3/x`, {
      token: audience,
      uid,
    });

    const again = await revint.host(token);
    expect(again).toMatchObject({ sessionUid: first.sessionUid, resumed: true });
    const path = sessionPath(first.sessionUid);
    const state = await read(
      StateAnswer,
      await revint.request("GET", `${path}/state`, { token: audience, uid }),
    );
    expect(state).toMatchObject({
      page: "3",
      state: "here",
      version: 1,
      token: audience,
      uid: first.sessionUid,
    });
  });

  test("changes what it says of its session, and nothing else", async () => {
    const token = await revint.sign();
    const { sessionUid } = await revint.host(token, { reactions: ["👍", "so-so"], maxParticipants: 1 });
    await revint.join(sessionUid);
    await revint.host(token, { webUiUrl: "https://other.example/join" });
    const info = await read(SessionAnswer, await revint.request("GET", sessionPath(sessionUid)));
    expect(info.reactions).toEqual(["👍", "so-so"]);
    await expect(revint.join(sessionUid)).rejects.toThrow("session_full");
  });

  test("opens the session that was meant, and changes nothing of another", async () => {
    const [mine, other] = [await revint.sign(), await revint.sign()];
    const { sessionUid } = await revint.host(mine, { reactions: ["👍"] });
    const meant = await revint.host(other);
    const wrong = { sessionUid: meant.sessionUid, reactions: ["so-so"], restart: true };
    await expect(revint.host(mine, wrong)).rejects.toThrow("wrong_session");
    await expect(revint.host(await revint.sign(), wrong)).rejects.toThrow("wrong_session");
    const info = await read(SessionAnswer, await revint.request("GET", sessionPath(sessionUid)));
    expect(info.reactions).toEqual(["👍"]);
    expect(await revint.host(mine, { sessionUid })).toMatchObject({ sessionUid, resumed: true });
    await revint.request("DELETE", sessionPath(sessionUid), { token: mine });
    await expect(revint.host(mine, { sessionUid })).rejects.toThrow("session_not_found");
    expect(await revint.host(mine)).toMatchObject({ sessionUid, resumed: false });
  });

  test("with restart empties it, keeps its name, and versions keep growing", async () => {
    const token = await revint.sign();
    const { sessionUid, hostUid } = await revint.host(token);
    const path = sessionPath(sessionUid);
    const { uid, token: audience } = await revint.join(sessionUid);
    await revint.request("POST", `${path}/state/7/x`, { token, uid: hostUid });
    await revint.request("POST", `${path}/user/${uid}/react/7/x`, { token: audience, uid });

    const again = await revint.host(token, { restart: true });
    expect(again).toMatchObject({ sessionUid, resumed: true });
    const totals = await revint.request("GET", `${path}/reactions`, { token, uid: hostUid });
    expect(await read(SessionTotals, totals)).toMatchObject({ pages: {}, total: 0 });
    const state = await revint.request("GET", `${path}/state`, { token: audience, uid });
    expect(await read(StateAnswer, state)).toMatchObject({ page: "0", state: "init", version: 2 });
    const { hash } = splitSessionUid(sessionUid);
    const ledger = await revint.ledger(hash, 0);
    expect((await ledger.list({ interaction: "reaction", limit: 1000 })).entries).toEqual([]);
  });

  test("is the same with padding, since its bytes name the session", async () => {
    const token = await revint.sign({ name: "padded" });
    const { sessionUid } = await revint.host(token);
    const [payload = "", signature = ""] = token.split(".");
    const pad = (part: string) => part.padEnd(Math.ceil(part.length / 4) * 4, "=");
    expect((await revint.host(`${pad(payload)}.${pad(signature)}`)).sessionUid).toBe(sessionUid);
  });
});

test("whoever joins again with their uid stays the same participant; a host's uid makes no user", async () => {
  const { sessionUid, hostUid } = await revint.host();
  const { uid } = await revint.join(sessionUid);
  expect((await revint.join(sessionUid, { "x-session-uid": uid })).uid).toBe(uid);
  expect((await revint.join(sessionUid, { cookie: `uid=${uid}` })).uid).toBe(uid);
  const other = await revint.join(sessionUid, { "x-session-uid": hostUid });
  expect(other.uid).toMatch(/^u/);
  const forged = `${uid.slice(0, -1)}${uid.endsWith("A") ? "B" : "A"}`;
  expect((await revint.join(sessionUid, { "x-session-uid": forged })).uid).not.toBe(uid);
});

test("until the host says otherwise, page is 0 and state is init", async () => {
  const { sessionUid } = await revint.host();
  const { uid, token } = await revint.join(sessionUid);
  const state = await revint.request("GET", `${sessionPath(sessionUid)}/state`, { token, uid });
  expect(await read(StateAnswer, state)).toMatchObject({
    page: "0",
    state: "init",
    version: 0,
    apiUrl: revint.url,
  });
});

test("the userToken that a host gave opens its session like the audience token, and no other", async () => {
  const userToken = await revint.sign({ name: "for the class", host: false });
  const { sessionUid } = await revint.host(undefined, { userToken });
  const other = await revint.host();
  const login = await revint.request("POST", `${sessionPath(sessionUid)}/login`, { token: userToken });
  expect(login.status).toBe(200);
  const foreign = await revint.request("POST", `${sessionPath(other.sessionUid)}/login`, {
    token: userToken,
  });
  expect(foreign.status).toBe(403);
});

describe("text survives the way", () => {
  const texts = [
    "plain",
    "a/b",
    "100%",
    "%2F",
    "what?",
    "#1",
    "1 + 1 = 2",
    "é 漢字 🧑‍🤝‍🧑",
    '{"h":1,"v":0}',
    "a\nb\t\\",
    "..a",
    "👍🏽",
  ];

  test.each(texts)("as page, reaction and state: %j", async (text) => {
    const { sessionUid, token, hostUid } = await revint.host();
    const path = sessionPath(sessionUid);
    const { uid, token: audience } = await revint.join(sessionUid);
    const part = encodeURIComponent(text);

    const set = await revint.request("POST", `${path}/state/${part}/${part}`, { token, uid: hostUid });
    expect(await read(SetStateAnswer, set)).toEqual({ success: true, version: 1 });
    const state = await revint.request("GET", `${path}/state`, { token: audience, uid });
    expect(await read(StateAnswer, state)).toMatchObject({ page: text, state: text });

    const inPath = await revint.request("POST", `${path}/user/${uid}/react/${part}/${part}`, {
      token: audience,
      uid,
    });
    expect(inPath.status).toBe(200);
    const inBody = await revint.request("POST", `${path}/user/${uid}/react`, {
      token: audience,
      uid,
      json: { page: text, reaction: text },
    });
    expect(inBody.status).toBe(200);
    const totals = await revint.request("GET", `${path}/reactions`, { token: audience, uid });
    expect((await read(SessionTotals, totals)).pages).toEqual({ [text]: { [text]: 2 } });
  });

  test("4 KiB of state, and . and .. in a body", async () => {
    const { sessionUid, token, hostUid } = await revint.host();
    const path = sessionPath(sessionUid);
    for (const json of [
      { page: "..", state: "🔥".repeat(1024) },
      { page: ".", state: "" },
    ]) {
      const set = await revint.request("POST", `${path}/state`, { token, uid: hostUid, json });
      expect(set.status).toBe(200);
      const state = await revint.request("GET", `${path}/state`, { token, uid: hostUid });
      expect(await read(StateAnswer, state)).toMatchObject(json);
    }
  });

  test("a body may come in an array of one, and an optional one empty", async () => {
    const { sessionUid, token, hostUid } = await revint.host();
    const path = sessionPath(sessionUid);
    const json = [{ page: "1", state: "s" }];
    expect((await revint.request("POST", `${path}/state`, { token, uid: hostUid, json })).status).toBe(200);
    const headers = { "content-type": "application/json" };
    for (const body of ["", "[]", "{}", "[{}]"]) {
      const login = await revint.request("POST", `${path}/login`, { token, headers, body });
      expect(login.status).toBe(200);
      const set = await revint.request("POST", `${path}/state/2/s`, { token, uid: hostUid, headers, body });
      expect(set.status).toBe(200);
    }
    const resumed = await revint.request("POST", "/api/v1/session/new", {
      token,
      json: [{ apiUrl: revint.url, webUiUrl: revint.url }],
    });
    expect(resumed.status).toBe(200);
  });
});

describe("an idempotency key", () => {
  test("counts a reaction once, also when it comes twice at once", async () => {
    const { sessionUid } = await revint.host();
    const path = sessionPath(sessionUid);
    const { uid, token } = await revint.join(sessionUid);
    const react = (reaction: string) =>
      revint.request("POST", `${path}/user/${uid}/react/1/${reaction}`, {
        token,
        uid,
        headers: { "idempotency-key": "tap-1" },
      });
    const answers = await Promise.all([react("x"), react("x"), react("x")]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await react("other")).status).toBe(409);
    const totals = await revint.request("GET", `${path}/reactions`, { token, uid });
    expect(await read(SessionTotals, totals)).toMatchObject({ pages: { "1": { x: 1 } }, total: 1 });
  });

  test("of one participant is not another's", async () => {
    const { sessionUid } = await revint.host();
    const path = sessionPath(sessionUid);
    const people = await Promise.all([revint.join(sessionUid), revint.join(sessionUid)]);
    for (const { uid, token } of people) {
      const headers = { "idempotency-key": "same" };
      const react = await revint.request("POST", `${path}/user/${uid}/react/1/x`, { token, uid, headers });
      expect(react.status).toBe(200);
    }
    const [{ uid, token }] = people as [(typeof people)[0], unknown];
    const totals = await revint.request("GET", `${path}/reactions`, { token, uid });
    expect((await read(SessionTotals, totals)).total).toBe(2);
  });
});

test("a host token is in no answer but its host's own", async () => {
  const token = await revint.sign({ name: "secret keeper" });
  const userToken = await revint.sign({ name: "class", host: false });
  const { sessionUid } = await revint.host(token, { userToken });
  const path = sessionPath(sessionUid);
  const { uid, token: audience } = await revint.join(sessionUid);
  const as = { token: audience, uid };
  const answers = await Promise.all([
    revint.request("GET", path),
    revint.request("POST", `${path}/login`, as),
    revint.request("POST", `${path}/login`, { token: userToken }),
    revint.request("POST", `${path}/user/${uid}/react/1/x`, as),
    revint.request("POST", `${path}/user/${uid}/react`, { ...as, json: { page: "1", reaction: "x" } }),
    revint.request("POST", `${path}/state/1/x`, as),
    revint.request("POST", `${path}/state`, { ...as, json: { page: "1", state: "x" } }),
    revint.request("GET", `${path}/state`, as),
    revint.request("GET", `${path}/reactions`, as),
    revint.request("POST", "/api/v1/session/new", { ...as, json: {} }),
  ]);
  const secrets = [token, token.split(".")[1], userToken.split(".")[1]];
  for (const answer of answers) {
    const text = JSON.stringify([...answer.headers]) + (await answer.text());
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
  for (const log of revint.harness.getLogs()) {
    for (const secret of secrets) expect(JSON.stringify(log)).not.toContain(secret);
  }
});
