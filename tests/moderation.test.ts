import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CoHosts } from "../shared/protocol/co-host.schema.ts";
import { splitUid } from "../shared/protocol/identity.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { startSession } from "./started-session.ts";

let revint: Deployment;

beforeAll(async () => {
  revint = await startDeployment({ rooms: { ROOM_CAPACITY: "3", ROOM_FANOUT: "2" } });
});
afterAll(() => revint.close());

/** Nine people in four rooms, each with a pipe, and their host's. */
async function start() {
  const session = await startSession(revint, { expectedAudience: 9 });
  const people = await Promise.all(Array.from({ length: 9 }, session.join));
  return {
    ...session,
    people,
    host: await session.pipe(session.hostUid),
    pipes: await Promise.all(people.map(({ uid }) => session.pipe(uid))),
  };
}

describe("rules", () => {
  test("pause reactions for everyone, in every room, and everyone hears it", async () => {
    const session = await start();
    await session.setRules({ paused: true });
    for (const pipe of session.pipes) {
      await pipe.until(() => pipe.last("rules")?.paused);
      expect(await pipe.react("1", "x", "1")).toMatchObject({ code: "reactions_paused" });
    }
    await session.setRules({ paused: false });
    for (const pipe of session.pipes) {
      await pipe.until(() => pipe.last("rules")?.paused === false);
      expect(await pipe.react("1", "x", "2")).toMatchObject({ type: "ack" });
    }
  });

  test("name the reactions taken, for the session or for one page; who comes later hears them too", async () => {
    const session = await start();
    await session.setRules({ reactions: ["👍"], pages: { vote: ["A", "B"] } });
    const { uid } = await revint.join(session.path.split("/").at(-1) ?? "");
    const pipe = await session.pipe(uid);
    await pipe.until(() => pipe.last("rules"));
    expect(pipe.last("rules")).toEqual({
      type: "rules",
      paused: false,
      reactions: ["👍"],
      pages: { vote: ["A", "B"] },
      anyReaction: false,
      questions: "off",
      names: true,
    });
    let taps = 0;
    const code = async (page: string, reaction: string) => {
      const answer = await pipe.react(page, reaction, `${++taps}`);
      return answer.type === "error" ? answer.code : "kept";
    };
    expect(await code("1", "👍")).toBe("kept");
    expect(await code("1", "A")).toBe("reaction_not_allowed");
    expect(await code("vote", "A")).toBe("kept");
    expect(await code("vote", "👍")).toBe("reaction_not_allowed");
  });

  test("that are wrong are refused, and nothing changes", async () => {
    const session = await start();
    for (const json of [{ paused: "yes" }, { reactions: [""] }, { pages: { "": ["x"] } }]) {
      expect(await readProblem(await session.setRules(json))).toMatchObject({ code: "invalid_request" });
    }
    expect(await session.pipes[0]?.react("1", "x", "1")).toMatchObject({ type: "ack" });
  });
});

describe("blocking", () => {
  test("stops one participant in their room, takes what they sent out of the totals, and can be undone", async () => {
    const session = await start();
    const victims = session.people.map(({ uid }) => splitUid(uid).participant);
    await Promise.all(session.pipes.map((pipe, i) => pipe.react("1", "x", `${i}`)));
    const last = session.pipes.length - 1;
    const [pipe, victim] = [session.pipes[last], victims[last]];
    if (!pipe || !victim) throw new Error("nobody");
    const moderate = (what: string, json: object) =>
      revint.request("POST", `${session.path}/user/${victim}/${what}`, { ...session.asHost, json });

    await pipe.until(() => pipe.last("reactions")?.total === 9);
    expect((await moderate("block", { uncount: true })).status).toBe(200);
    await pipe.until(() => pipe.last("reactions")?.total === 8);
    expect(await pipe.react("1", "x", "again")).toMatchObject({ code: "blocked" });
    expect(await session.pipes[0]?.react("1", "x", "other")).toMatchObject({ type: "ack" });
    await expect.poll(async () => (await session.totals()).total).toBe(9);

    expect((await moderate("unblock", {})).status).toBe(200);
    await expect.poll(async () => (await session.totals()).total).toBe(10);
    expect(await pipe.react("1", "x", "back")).toMatchObject({ type: "ack" });
  });

  test("reaches what somebody sent who had their name forgotten, and an id of theirs still counts once", async () => {
    const session = await start();
    const person = session.people[4];
    if (!person) throw new Error("nobody");
    const react = (id: string, reaction: string) => {
      const headers = { "idempotency-key": id };
      const json = { page: "1", reaction };
      return revint.request("POST", `${session.path}/user/${person.uid}/react`, { ...person, headers, json });
    };
    for (const id of ["1", "2"]) expect((await react(id, "❤️")).status).toBe(200);
    const forget = () => revint.request("DELETE", `${session.path}/user/${person.uid}`, person);
    expect((await forget()).status).toBe(204);
    for (const spelling of ["❤️", "❤"]) expect((await react("1", spelling)).status).toBe(200);
    expect(await readProblem(await react("2", "👏"))).toMatchObject({ code: "conflict" });
    expect((await forget()).status).toBe(204);
    const total = async () => (await session.totals()).total;
    await expect.poll(total).toBe(2);

    const victim = splitUid(person.uid).participant;
    const moderate = (what: string, json: object) =>
      revint.request("POST", `${session.path}/user/${victim}/${what}`, { ...session.asHost, json });
    const blocked = await moderate("block", { uncount: true });
    expect([blocked.status, await blocked.json()]).toEqual([200, { success: true }]);
    await expect.poll(total).toBe(0);
    expect((await moderate("unblock", {})).status).toBe(200);
    await expect.poll(total).toBe(2);
  });

  test("needs no more than what a host hears about a burst", async () => {
    const session = await start();
    const pipe = session.pipes.at(-1);
    if (!pipe) throw new Error("nobody");
    await Promise.all([1, 2, 3, 4].map((n) => pipe.react("1", "😡", `${n}`)));
    const burst = await session.host.until(() =>
      session.host
        .all("bursts")
        .flatMap(({ bursts }) => bursts)
        .find(({ reaction }) => reaction === "😡"),
    );
    expect(burst.participant).toBe(splitUid(session.people.at(-1)?.uid ?? "").participant);
    for (const user of session.pipes) expect(user.all("bursts")).toEqual([]);
    const block = await revint.request(
      "POST",
      `${session.path}/user/${burst.participant}/block`,
      session.asHost,
    );
    expect(block.status).toBe(200);
    expect(await pipe.react("1", "😡", "5")).toMatchObject({ code: "blocked" });
  });

  test("a host, or somebody's whole uid, is refused", async () => {
    const session = await start();
    for (const name of [splitUid(session.hostUid).participant, session.people[0]?.uid ?? "", "nobody"]) {
      const response = await revint.request("POST", `${session.path}/user/${name}/block`, session.asHost);
      expect(await readProblem(response)).toMatchObject({ code: "invalid_request" });
    }
  });
});

describe("co-hosts", () => {
  test("do what their role allows, and nothing else", async () => {
    const session = await start();
    const presenter = await session.invite("presenter");
    const moderator = await session.invite("moderator");
    const code = async (response: Promise<Response>) => {
      const answer = await response;
      return answer.ok ? "ok" : (await readProblem(answer)).code;
    };
    expect(await code(session.setRules({ paused: false }, moderator))).toBe("ok");
    expect(await code(session.setRules({ paused: false }, presenter))).toBe("role_not_allowed");
    expect(await code(session.setState("1", "s", moderator))).toBe("role_not_allowed");
    for (const coHost of [presenter, moderator]) {
      expect(await code(revint.request("GET", `${session.path}/timeline`, coHost))).toBe("ok");
      expect(await code(revint.request("GET", `${session.path}/reactions`, coHost))).toBe("ok");
      for (const [method, what] of [
        ["POST", "end"],
        ["GET", "hosts"],
        ["POST", "hosts"],
      ] as const) {
        const json = { role: "presenter" };
        const request = { ...coHost, ...(method === "POST" && { json }) };
        expect(await code(revint.request(method, `${session.path}/${what}`, request))).toBe(
          "role_not_allowed",
        );
      }
      expect(await code(revint.request("DELETE", session.path, coHost))).toBe("role_not_allowed");
    }
    expect(
      await code(
        revint.request("GET", `${session.path}/timeline`, { token: presenter.token, uid: moderator.uid }),
      ),
    ).toBe("not_participant");
    const forged = presenter.token.replace("presenter", "moderator");
    expect(await code(session.setRules({}, { token: forged, uid: presenter.uid }))).toBe("invalid_token");
  });

  test("have the name that the host gives them, of up to 200 characters, or none", async () => {
    const { path, asHost, invite } = await start();
    await invite("moderator");
    const name = (name: unknown) =>
      revint.request("POST", `${path}/hosts`, { ...asHost, json: { role: "presenter", name } });
    expect((await name("Ada 👩🏽‍🏫")).status).toBe(201);
    for (const wrong of ["", "x".repeat(201), "\0", 5, null]) {
      expect(await readProblem(await name(wrong))).toMatchObject({ code: "invalid_request" });
    }
    const { coHosts } = await read(CoHosts, await revint.request("GET", `${path}/hosts`, asHost));
    expect(coHosts.map(({ role, name }) => [role, name])).toEqual([
      ["moderator", undefined],
      ["presenter", "Ada 👩🏽‍🏫"],
    ]);
  });

  test("drive one at a time: taking over is explicit, and the other deck sees it", async () => {
    const session = await start();
    const presenter = await session.invite("presenter");
    const deck = await session.pipe(presenter.uid);
    expect(deck.last("driver") ?? (await deck.until(() => deck.last("driver")))).toEqual({
      type: "driver",
      driver: "host",
    });
    expect(await readProblem(await session.setState("1", "s", presenter))).toMatchObject({
      code: "not_driving",
    });
    expect((await session.setState("2", "s", session.asHost)).status).toBe(200);

    await revint.request("POST", `${session.path}/driver`, presenter);
    const name = splitUid(presenter.uid).participant;
    await session.host.until(() => session.host.last("driver")?.driver === name);
    expect((await session.setState("3", "s", presenter)).status).toBe(200);
    expect(await readProblem(await session.setState("4", "s", session.asHost))).toMatchObject({
      code: "not_driving",
    });
    await revint.request("POST", `${session.path}/driver`, session.asHost);
    await deck.until(() => deck.last("driver")?.driver === "host");
    expect((await session.setState("4", "s", session.asHost)).status).toBe(200);
  });

  test("that were removed are nobody any more, at once", async () => {
    const session = await start();
    const presenter = await session.invite("presenter");
    const deck = await session.pipe(presenter.uid);
    await revint.request("POST", `${session.path}/driver`, presenter);
    const name = splitUid(presenter.uid).participant;
    const removed = await revint.request("DELETE", `${session.path}/hosts/${name}`, session.asHost);
    expect(removed.status).toBe(204);
    expect((await deck.closed).code).toBe(1008);
    expect(await readProblem(await session.setState("1", "s", presenter))).toMatchObject({
      code: "not_host",
    });
    expect(
      await readProblem(await revint.request("GET", `${session.path}/timeline`, presenter)),
    ).toMatchObject({ code: "not_host" });
    expect((await session.setState("1", "s", session.asHost)).status).toBe(200);
    const list = await read(CoHosts, await revint.request("GET", `${session.path}/hosts`, session.asHost));
    expect(list.coHosts).toMatchObject([
      { participant: name, role: "presenter", removedAt: expect.any(Number) },
    ]);
    await expect(session.pipe(presenter.uid)).rejects.toThrow();
  });
});
