import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { Activities } from "../shared/interactions/activity/activity.schema.ts";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import { SavedActivities, type Talk, TalkAnswer } from "../shared/protocol/host/talk.schema.ts";
import { SessionAnswer } from "../shared/protocol/session.schema.ts";
import { fillPath, isPipe, ROUTES } from "./attack/routes.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { Pipe } from "./pipe.ts";
import { TalkHost } from "./talk-host.ts";

let revint: Deployment;
beforeAll(async () => {
  revint = await startDeployment();
});
afterAll(() => revint.close());

const pathOf = ({ sessionUid }: Pick<Talk, "sessionUid">) => `/api/v1/session/${sessionUid}`;

describe("a talk", () => {
  test("is made with a token and links, and is opened by whoever has them, without a shell", async () => {
    const host = await TalkHost.signUp(revint);
    const { talk, token, links } = await host.create({ name: "On rooms", date: "2026-11-27" });
    expect(talk).toMatchObject({ name: "On rooms", date: "2026-11-27", status: "upcoming", startedAt: null });
    expect(links).toEqual({
      deck: null,
      stage: `${revint.url}/stage?session=${talk.sessionUid}#token=${token}`,
      results: `${revint.url}/results?session=${talk.sessionUid}#token=${token}`,
      join: `${revint.url}/join?session=${talk.sessionUid}`,
    });
    // Nobody can join before.
    expect((await revint.request("GET", pathOf(talk))).status).toBe(404);
    const opened = await revint.host(token);
    expect(opened).toMatchObject({ sessionUid: talk.sessionUid, resumed: false });
    expect((await revint.host(token)).resumed).toBe(true);
    const found = await read(SessionAnswer, await revint.request("GET", "/api/v1/session", { token }));
    expect(found).toMatchObject({ name: "On rooms", sessionUid: talk.sessionUid });
    const { talks } = await host.list();
    expect(talks).toMatchObject([{ id: talk.id, status: "running", startedAt: expect.any(Number) }]);
    expect(await revint.countRecords(talk.sessionUid.slice(0, 18), "hosts")).toBeGreaterThan(0);
  });

  test("is renamed, and its session with the next token; what is left out stays", async () => {
    const host = await TalkHost.signUp(revint);
    const { talk, token } = await host.create({ name: "A", date: "soon", startsAt: 1_795_180_000_000 });
    await revint.host(token);
    const changed = await host.ask(TalkAnswer, "PATCH", `talks/${talk.id}`, { name: "B" });
    expect(changed.talk).toMatchObject({ name: "B", date: "soon", startsAt: 1_795_180_000_000 });
    expect((await revint.host(changed.token)).sessionUid).toBe(talk.sessionUid);
    const found = await read(SessionAnswer, await revint.request("GET", pathOf(talk)));
    expect(found).toMatchObject({ name: "B", date: "soon", startsAt: 1_795_180_000_000 });
  });

  test("keeps activities that its host saves with it", async () => {
    const host = await TalkHost.signUp(revint);
    const { talk } = await host.create({ name: "A" });
    const activities = [{ id: "why", kind: "text", prompt: "Why?" }];
    const path = `talks/${talk.id}/activities`;
    const saved = await host.ask(SavedActivities, "PUT", path, { activities });
    expect(saved.activities).toMatchObject(activities);
    expect(await host.ask(SavedActivities, "GET", path)).toEqual(saved);
    const twice = { activities: [...activities, ...activities] };
    expect((await readProblem(await host.request("PUT", path, { json: twice }))).code).toBe(
      "invalid_request",
    );
  });

  test("is its host's alone: to nobody else, and to nobody without an account, it is there", async () => {
    const [host, other] = [await TalkHost.signUp(revint), await TalkHost.signUp(revint)];
    const { talk } = await host.create({ name: "A" });
    const ways = [
      ["GET", `talks/${talk.id}`],
      ["PATCH", `talks/${talk.id}`, { name: "Mine" }],
      ["DELETE", `talks/${talk.id}`],
      ["POST", `talks/${talk.id}/token`],
      ["GET", `talks/${talk.id}/activities`],
      ["PUT", `talks/${talk.id}/activities`, { activities: [] }],
    ] as const;
    for (const [method, path, json] of ways) {
      const options = json === undefined ? {} : { json };
      const refused = await readProblem(await other.request(method, path, options));
      expect([method, path, refused.code]).toEqual([method, path, "talk_not_found"]);
      const nobody = await readProblem(await revint.request(method, `/api/v1/host/${path}`, options));
      expect([method, path, nobody.code]).toEqual([method, path, "not_signed_in"]);
    }
    expect(await other.list()).toEqual({ talks: [] });
    expect((await host.open(talk)).talk).toEqual(talk);
  });
});

describe("a new token", () => {
  const start = async () => {
    const host = await TalkHost.signUp(revint);
    const { talk, token } = await host.create({ name: "On tokens" });
    const opened = await revint.host(token, { userToken: await revint.sign({ host: false }) });
    return { host, talk, before: { token, uid: opened.hostUid } };
  };

  test("ends those of before everywhere, at once; the QR code stays good", async () => {
    const { host, talk, before } = await start();
    const user = await revint.join(talk.sessionUid);
    const { token, links } = await host.renew(talk);
    expect(links.join).toBe(`${revint.url}/join?session=${talk.sessionUid}`);
    const json = { apiUrl: revint.url, webUiUrl: `${revint.url}/join` };
    const parts = { sessionUid: talk.sessionUid, page: "1.0", state: "x", activity: "a", question: "q" };
    const refused: string[] = [];
    for (const route of ROUTES.filter((each) => each.token !== "–")) {
      for (const uid of [before.uid, user.uid]) {
        const path = fillPath(route, { ...parts, uid, reaction: "👍" });
        const sends = route.method === "POST" || route.method === "PUT";
        const answer = await revint.request(route.method, path, {
          token: before.token,
          uid,
          ...(sends && { json }),
        });
        refused.push(`${route.method} ${route.path} ${(await readProblem(answer)).code}`);
      }
    }
    expect(refused.filter((text) => !text.endsWith(" invalid_token"))).toEqual([]);
    expect(refused.length).toBeGreaterThan(60);
    expect(ROUTES.filter(isPipe)).toHaveLength(2);
    await expect(Pipe.open(revint.url, talk.sessionUid, before.uid)).rejects.toThrow("refused");
    // Not as what makes somebody a user, either.
    const other = await revint.request("POST", "/api/v1/session/new", {
      token: await revint.sign(),
      json: { ...json, userToken: token },
    });
    expect((await readProblem(other)).code).toBe("invalid_request");

    const now = await revint.host(token);
    expect(now).toMatchObject({ sessionUid: talk.sessionUid, resumed: true });
    expect(now.hostUid).not.toBe(before.uid);
    expect((await revint.join(talk.sessionUid)).uid).toEqual(expect.any(String));
    const state = { token, uid: now.hostUid, json: { page: "2.0", state: "x" } };
    expect((await revint.request("POST", `${pathOf(talk)}/state`, state)).status).toBe(200);
  });

  test("cuts off the pipes of whoever came with one of before, and nobody else's", async () => {
    const { host, talk, before } = await start();
    const coHost = await read(
      CoHostAnswer,
      await revint.request("POST", `${pathOf(talk)}/hosts`, { ...before, json: { role: "presenter" } }),
    );
    const user = await revint.join(talk.sessionUid);
    const greet = (uid: string) => Pipe.greeted(revint.url, talk.sessionUid, uid);
    const [old, presenter, phone] = await Promise.all([before.uid, coHost.hostUid, user.uid].map(greet));
    const { token } = await host.renew(talk);
    await old?.until(() => old.last("error")?.code === "not_participant");
    const opened = await revint.host(token);
    const mine = await greet(opened.hostUid);
    const json = { page: "3.0", state: "x" };
    await revint.request("POST", `${pathOf(talk)}/state`, { token, uid: opened.hostUid, json });
    for (const pipe of [presenter, phone, mine]) {
      await pipe?.until(() => pipe.last("state_change")?.page === "3.0");
      await pipe?.close();
    }
    expect(old?.last("state_change")?.page).not.toBe("3.0");
    // The co-host still drives, and a cookie of before gets a new uid.
    const asCoHost = { token: coHost.token, uid: coHost.hostUid, json };
    expect((await revint.request("POST", `${pathOf(talk)}/driver`, asCoHost)).status).toBe(200);
    const again = await revint.request("POST", "/api/v1/session/new", {
      token,
      uid: before.uid,
      json: { apiUrl: revint.url, webUiUrl: `${revint.url}/join` },
    });
    expect(z.object({ hostUid: z.string() }).parse(await again.json()).hostUid).not.toBe(before.uid);
  });

  test("is good for a session that was never opened before, and the one of before opens none", async () => {
    const host = await TalkHost.signUp(revint);
    const { talk, token } = await host.create({ name: "A" });
    const next = await host.renew(talk);
    const refused = await revint.request("POST", "/api/v1/session/new", {
      token,
      json: { apiUrl: revint.url, webUiUrl: `${revint.url}/join` },
    });
    expect((await readProblem(refused)).code).toBe("invalid_token");
    expect((await revint.host(next.token)).sessionUid).toBe(talk.sessionUid);
    // What the console gives whenever it is opened is another text for the same: all of them are good.
    expect((await revint.host((await host.open(talk)).token)).resumed).toBe(true);
  });

  test("of many that are made at once, while hosts open the session, one is good in the end, everywhere", async () => {
    const { host, talk, before } = await start();
    const open = (token: string) =>
      revint.request("POST", "/api/v1/session/new", {
        token,
        json: { apiUrl: revint.url, webUiUrl: `${revint.url}/join` },
      });
    const [made] = await Promise.all([
      Promise.allSettled(Array.from({ length: 5 }, () => host.renew(talk))),
      ...Array.from({ length: 5 }, () => open(before.token)),
    ]);
    // Who was overtaken is told so, and asks again.
    const tokens = made.flatMap((each) => (each.status === "fulfilled" ? [each.value.token] : []));
    expect(tokens.length).toBeGreaterThan(0);
    const good = (await host.open(talk)).token;
    const find = async (token: string) => (await revint.request("GET", "/api/v1/session", { token })).status;
    expect(await find(good)).toBe(200);
    expect(await find(before.token)).toBe(401);
    const idOf = (token: string) =>
      z.object({ id: z.string() }).parse(JSON.parse(atob(token.split(".")[0] ?? ""))).id;
    for (const token of tokens) expect(await find(token)).toBe(idOf(token) === idOf(good) ? 200 : 401);
  });

  test("of which the session has not heard, since its maker has died, is told by the clock", async () => {
    const { talk, before } = await start();
    const person = await revint.join(talk.sessionUid);
    const pipe = await Pipe.greeted(revint.url, talk.sessionUid, before.uid);
    const find = async () => (await revint.request("GET", "/api/v1/session", before)).status;
    await revint.changeHosts(
      "UPDATE talks SET token_id = ?2, token_number = 2, untold_at = 1, tell_at = 1 WHERE id = ?1",
      ...[talk.id, "n".repeat(22)],
    );
    expect(await find()).toBe(200);
    await revint.tick();
    expect(await find()).toBe(401);
    await pipe.until(() => pipe.last("error")?.code === "not_participant");
    expect(await revint.countRows("talks", "untold_at", "1")).toBe(0);
    // Nobody else notices.
    expect((await revint.request("GET", `${pathOf(talk)}/state`, person)).status).toBe(200);
  });

  test("leaves to those of before not even what is there when the session is gone", async () => {
    const { host, talk, before } = await start();
    expect((await revint.request("DELETE", pathOf(talk), before)).status).toBe(204);
    const { token } = await host.renew(talk);
    const refused = await readProblem(await revint.request("DELETE", pathOf(talk), before));
    expect(refused.code).toBe("invalid_token");
    expect((await revint.request("DELETE", pathOf(talk), { token })).status).toBe(204);
  });

  test("does nothing to another talk, nor does another talk's token open this one", async () => {
    const [one, two] = [await start(), await start()];
    await one.host.renew(one.talk);
    expect((await revint.host(two.before.token)).sessionUid).toBe(two.talk.sessionUid);
    const foreign = await revint.request("POST", `${pathOf(one.talk)}/end`, two.before);
    expect((await readProblem(foreign)).code).toBe("wrong_session");
  });
});

test("a talk that is deleted is gone with its session, and its tokens open nothing", async () => {
  const host = await TalkHost.signUp(revint);
  const { talk, token } = await host.create({ name: "Short" });
  await revint.host(token);
  await revint.join(talk.sessionUid);
  expect((await host.request("DELETE", `talks/${talk.id}`)).status).toBe(204);
  expect((await readProblem(await host.request("GET", `talks/${talk.id}`))).code).toBe("talk_not_found");
  expect((await host.list()).talks).toEqual([]);
  const hash = talk.sessionUid.slice(0, 18);
  expect(await Promise.all([revint.countRecords(hash, "hosts"), revint.countRecords(hash, "users")])).toEqual(
    [0, 0],
  );
  expect((await revint.request("GET", "/api/v1/session", { token })).status).toBe(404);
  const again = await revint.request("POST", "/api/v1/session/new", {
    token,
    json: { apiUrl: revint.url, webUiUrl: `${revint.url}/join` },
  });
  expect((await readProblem(again)).code).toBe("invalid_token");
});

test("what is saved with a talk is there as drafts when its session begins, and stays as the host leaves it", async () => {
  const host = await TalkHost.signUp(revint);
  const { talk, token } = await host.create({ name: "On tea" });
  const poll = {
    ...{ id: "tea", kind: "choice", prompt: "Tea?", show: "closed", change: true, multiple: 1 },
    ...{
      options: [
        { id: "yes", text: "Yes" },
        { id: "no", text: "No" },
      ],
      correct: ["yes"],
    },
  };
  const words = { id: "why", kind: "words", prompt: "Why?", show: "live", change: true, words: 2 };
  await host.ask(SavedActivities, "PUT", `talks/${talk.id}/activities`, { activities: [poll, words] });
  const as = { token, uid: (await revint.host(token)).hostUid };
  const path = `${pathOf(talk)}/activities`;
  const list = async () => (await read(Activities, await revint.request("GET", path, as))).activities;
  expect(await list()).toMatchObject([
    { ...poll, status: "draft" },
    { ...words, status: "draft" },
  ]);
  // Nobody but hosts hears of drafts.
  const person = await revint.join(talk.sessionUid);
  expect(await (await revint.request("GET", path, person)).json()).toEqual({ activities: [] });
  // Who resumes it finds it as it was left.
  expect((await revint.request("DELETE", `${path}/why`, as)).status).toBe(204);
  await revint.host(token);
  expect((await list()).map(({ id }) => id)).toEqual(["tea"]);
});

describe("history", () => {
  const present = async () => {
    const host = await TalkHost.signUp(revint);
    const { talk, token } = await host.create({ name: "On history" });
    const { hostUid } = await revint.host(token, { retentionDays: 365 });
    const as = { token, uid: hostUid };
    const say = (path: string, json: unknown, method = "POST") =>
      revint.request(method, `${pathOf(talk)}/${path}`, { ...as, json });
    for (const [page, title] of [
      ["1.0", "First"],
      ["2.0", "Second"],
    ] as const) {
      await say("state", { page, state: JSON.stringify({ title }) });
    }
    await say("activities/why", { kind: "text", prompt: "Why?" }, "PUT");
    await say("rules", { questions: "open" });
    const people = await Promise.all([1, 2, 3].map(() => revint.join(talk.sessionUid)));
    const react = ({ uid, token }: { uid: string; token: string }, page: string, reaction: string) =>
      revint.request("POST", `${pathOf(talk)}/user/${uid}/react`, { uid, token, json: { page, reaction } });
    for (const person of people) await react(person, "2.0", "👏");
    const [first] = people;
    if (!first) throw new RangeError("nobody came");
    await react(first, "1.0", "❓");
    const asked = { ...first, json: { text: "When?" } };
    await revint.request("POST", `${pathOf(talk)}/user/${first.uid}/questions`, asked);
    const listed = async () => (await host.list()).talks[0];
    return { host, talk, as, say, listed };
  };
  const summary = {
    people: 3,
    reactions: 4,
    top: { "👏": 3, "❓": 1 },
    moments: [
      { page: "2.0", title: "Second", reactions: 3 },
      { page: "1.0", title: "First", reactions: 1 },
    ],
    activities: 1,
    questions: 1,
  };

  test("what a host ends is in the list with its numbers, and stays there when its session is gone", async () => {
    const { host, talk, as, listed } = await present();
    expect((await revint.request("POST", `${pathOf(talk)}/end`, as)).status).toBe(200);
    const ended = { status: "over", endedAt: expect.any(Number), summary };
    expect((await host.open(talk)).talk).toMatchObject(ended);
    await expect.poll(listed).toMatchObject(ended);
    expect((await revint.request("DELETE", pathOf(talk), as)).status).toBe(204);
    await revint.tick();
    expect((await host.open(talk)).talk).toMatchObject(ended);
    // It may be given again, by the same link.
    const again = await revint.host(as.token);
    expect(again).toMatchObject({ sessionUid: talk.sessionUid, resumed: false });
    expect((await host.open(talk)).talk).toMatchObject({ status: "running", endedAt: null, summary });
  });

  test("the clock sees what was not kept, and what ends by itself", async () => {
    const { host, talk, as, say } = await present();
    const age = () =>
      revint.changeHosts("UPDATE talks SET due_at = due_at - 86400000 WHERE id = ?1", talk.id);
    await revint.tick();
    expect((await host.open(talk)).talk.summary).toBeNull();
    await age();
    await revint.tick();
    expect((await host.open(talk)).talk).toMatchObject({ status: "running", summary });

    // Its end was not written down: whoever did it died in between.
    await say("end", undefined);
    await revint.changeHosts("UPDATE talks SET ended_at = NULL, summary = NULL WHERE id = ?1", talk.id);
    await age();
    await revint.tick();
    expect((await host.open(talk)).talk).toMatchObject({ status: "over", summary });

    // It is forgotten while it runs, as far as anybody knows.
    await revint.host(as.token, { restart: true });
    await revint.eraseSession(talk.sessionUid.slice(0, 18));
    await age();
    await revint.tick();
    expect((await host.open(talk)).talk).toMatchObject({ status: "over", summary });
  });

  test("what a flow has ended is in the list as soon as the clock strikes", async () => {
    const { host, talk, say } = await present();
    const flow = { name: "End", on: { event: "page", page: "3.0" }, do: [{ do: "end" }] };
    expect((await say("flows/end", flow, "PUT")).status).toBe(200);
    await say("state", { page: "3.0", state: "{}" });
    const status = async () => {
      await revint.tick("* * * * *");
      return (await host.open(talk)).talk;
    };
    const ended = { status: "over", endedAt: expect.any(Number), summary: { people: 3, reactions: 4 } };
    await expect.poll(status, { interval: 500, timeout: 60_000 }).toMatchObject(ended);
  });

  test("a session of a host with a token of their own is nobody's history", async () => {
    const token = await revint.sign();
    const { sessionUid, hostUid } = await revint.host(token);
    const path = `/api/v1/session/${sessionUid}`;
    expect((await revint.request("POST", `${path}/end`, { token, uid: hostUid })).status).toBe(200);
    await revint.tick();
    expect((await revint.request("DELETE", path, { token })).status).toBe(204);
  });
});

describe("an account that is deleted", () => {
  test("takes its talks and their sessions along, and the clock what is left of them", async () => {
    const host = await TalkHost.signUp(revint);
    const made = await Promise.all([1, 2, 3].map((number) => host.create({ name: `${number}` })));
    for (const { token, talk } of made) {
      await revint.host(token);
      await revint.join(talk.sessionUid);
    }
    expect((await host.request("DELETE", "me")).status).toBe(202);
    await revint.tick();
    for (const { token, talk } of made) {
      expect((await revint.request("GET", pathOf(talk))).status).toBe(404);
      const again = await revint.request("POST", "/api/v1/session/new", {
        token,
        json: { apiUrl: revint.url, webUiUrl: `${revint.url}/join` },
      });
      expect((await readProblem(again)).code).toBe("invalid_token");
      const hash = talk.sessionUid.slice(0, 18);
      expect([await revint.countRecords(hash, "hosts"), await revint.countRecords(hash, "users")]).toEqual([
        0, 0,
      ]);
    }
    expect(await revint.countRows("accounts", "id", host.account)).toBe(0);
    expect(await revint.countRows("talks", "account", host.account)).toBe(0);
  });

  test("is erased by the clock alone, where whoever deleted it died", async () => {
    const host = await TalkHost.signUp(revint);
    const { token, talk } = await host.create({ name: "A" });
    await revint.host(token);
    await revint.changeHosts("UPDATE accounts SET deleting_at = 1 WHERE id = ?1", host.account);
    await revint.tick();
    expect(await revint.countRows("accounts", "id", host.account)).toBe(0);
    expect((await revint.request("GET", pathOf(talk))).status).toBe(404);
  });
});
