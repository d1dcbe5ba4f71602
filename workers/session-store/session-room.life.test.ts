import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { Problem } from "../../shared/protocol/problem.schema.ts";
import { History } from "../lib/history.ts";
import type { Facts } from "./room-message.ts";
import {
  call,
  getLedgerOf,
  getRoomOf,
  host,
  join,
  joinSession,
  nameUser,
  openSession,
  takeSeat,
} from "./test-client.ts";
import { Throttle } from "./throttle.ts";

afterEach(() => {
  vi.useRealTimers();
});

let ids = 0;
const react = (session: string, participant: string, page = "1") =>
  getRoomOf(session, Number.parseInt(participant.slice(1, 5), 36)).react(participant, {
    page,
    reaction: "x",
    id: `${++ids}`,
  });
const readHistory = async (session: string) => History.parse(await getRoomOf(session).history(host));

describe("a deletion that was cut off", () => {
  /** Until the returned function is called, the ledger of a room below can't be erased. */
  async function cutOff(session: string) {
    await openSession({ expectedAudience: 15 }, false, session);
    await Promise.all([0, 1, 2].map((room) => react(session, nameUser(room))));
    await getLedgerOf(session, 2).failNext(1000);
    return () => getLedgerOf(session, 2).failNext(0);
  }

  test("leaves no session behind: not to find, not to join, not to steer, not to start anew", async () => {
    const session = "cut-off-1---------";
    const mend = await cutOff(session);
    const answer = await call(`/session/${session}`, { method: "DELETE" });
    expect(Problem.parse(await answer.json())).toMatchObject({ code: "unavailable" });

    const check = async () => {
      expect(await getRoomOf(session).info()).toBeUndefined();
      expect(await takeSeat(session)).toMatchObject({ code: "session_not_found" });
      expect(await getRoomOf(session).setState(host, { page: "1", state: "" })).toMatchObject({
        code: "session_not_found",
      });
      expect(await react(session, nameUser())).toMatchObject({ code: "session_not_found" });
      const facts = { name: "n", date: "d", apiUrl: "https://a.example", webUiUrl: "https://a.example" };
      const opened = await getRoomOf(session).open({ session: facts, restart: false, mustExist: false });
      expect(opened).toMatchObject({ code: "unavailable" });
    };
    await check();
    await evictDurableObject(getRoomOf(session));
    await check();
    await mend();
    await vi.waitFor(async () => {
      await getRoomOf(session).getState();
      await runInDurableObject(getRoomOf(session), (_, { storage }) =>
        expect([...storage.kv.list()]).toEqual([]),
      );
    });
  });

  test("comes to its end by the alarm, in every room, and leaves nothing in KV", async () => {
    const session = "cut-off-2---------";
    const mend = await cutOff(session);
    await call(`/session/${session}`, { method: "DELETE" });
    await abortAllDurableObjects();
    await mend();
    await runDurableObjectAlarm(getRoomOf(session));
    for (const room of [0, 1, 2]) {
      await runInDurableObject(getRoomOf(session, room), async (_, { storage }) => {
        expect([...storage.kv.list()]).toEqual([]);
        expect(await storage.getAlarm()).toBeNull();
      });
      expect(await getLedgerOf(session, room).list({ interaction: "reaction", limit: 1 })).toEqual({
        entries: [],
      });
    }
    expect(await env.SESSION_KV.get(session)).toBeNull();
    await openSession({ name: "anew" }, false, session);
    expect(await (await call(`/session/${session}`)).json()).toMatchObject({ name: "anew" });
  });
});

describe("a room that is being erased", () => {
  test("takes nothing in that was on its way to it", async () => {
    const session = await openSession({ expectedAudience: 15 });
    await react(session, nameUser(1));
    const update = await getRoomOf(session).register(1);
    if ("code" in update) throw new Error(update.code);
    await getLedgerOf(session, 1).failNext(1);
    await call(`/session/${session}`, { method: "DELETE" });
    await getRoomOf(session, 1).applyUpdate(update);
    expect(await getRoomOf(session, 1).info()).toBeUndefined();
  });
});

describe("a session that was stored before there were places, lists of shown pages and generations", () => {
  /** Storage as the code of then left it. */
  async function makeOld(session: string, rooms: readonly number[]) {
    for (const room of rooms) {
      await runInDurableObject(getRoomOf(session, room), (_, { storage }) => {
        const { generation: _g, session: facts, rules, ...rest } = storage.kv.get<Facts>("facts") ?? {};
        const { anyReaction: _s, ...oldFacts } = facts ?? {};
        const { anyReaction: _a, isClosed: _c, joinsPerMinute: _j, ...oldRules } = rules ?? {};
        storage.kv.put("facts", { ...rest, session: oldFacts, rules: oldRules });
        storage.kv.delete("shown");
        storage.sql.exec("DROP TABLE IF EXISTS places");
        storage.sql.exec("DROP TABLE IF EXISTS joined_before");
      });
    }
    for (const room of rooms) await evictDurableObject(getRoomOf(session, room), { webSockets: "close" });
  }

  test("takes reactions on the pages that it has shown, in every room", async () => {
    const session = await openSession({ reactions: ["x"], expectedAudience: 15 });
    for (const page of ["1", "2"]) await getRoomOf(session).setState(host, { page, state: "" });
    for (const room of [0, 1, 2]) expect(await react(session, nameUser(room), "2")).toBeNull();
    await makeOld(session, [0, 1, 2]);
    for (const room of [0, 1, 2]) {
      for (const page of ["0", "1", "2"]) expect(await react(session, nameUser(room), page)).toBeNull();
      expect(await react(session, nameUser(room), "3")).toMatchObject({ code: "reaction_not_allowed" });
    }
  });

  test("lets everyone back in who had joined, however many come at once; others wait as ever", async () => {
    const session = await openSession();
    const people = LIMITS.joinsPerMinute + 50;
    await runInDurableObject(getRoomOf(session), (_, { storage }) => storage.kv.put("joined", people));
    await makeOld(session, [0]);
    for (let person = 0; person < people; person++) expect(await react(session, nameUser())).toBeNull();
    for (let person = 0; person < LIMITS.joinsPerMinute; person++) {
      expect(await react(session, nameUser())).toBeNull();
    }
    expect(await react(session, nameUser())).toMatchObject({ code: "rate_limited" });
  });
});

describe("a room whose parent is yet to be deployed anew", () => {
  test("takes what it says for what it was then: everyone stays in", async () => {
    const session = await openSession({ expectedAudience: 15 });
    const person = nameUser(1);
    expect(await react(session, person)).toBeNull();
    const update = await getRoomOf(session).register(1);
    if ("code" in update) throw new Error(update.code);
    const { facts, deck } = update.session;
    const { generation: _, revision, ...before } = facts;
    const old = {
      counts: update.counts,
      session: {
        facts: { ...before, revision: revision + 1 },
        deck: { ...deck, version: deck.version + 1, page: "2" },
      },
    };
    await getRoomOf(session, 1).applyUpdate(JSON.parse(JSON.stringify(old)));
    expect(await getRoomOf(session, 1).getState(person)).toMatchObject({ page: "2" });
    expect(await react(session, person, "2")).toBeNull();
  });
});

describe("a session that was deleted and started smaller", () => {
  test("lists all that it counts: a name of a room that it no longer opens is one of its own", async () => {
    const session = await openSession({ expectedAudience: 20 });
    const old = nameUser(3);
    expect(await react(session, old)).toBeNull();
    await call(`/session/${session}`, { method: "DELETE" });
    await openSession({ expectedAudience: 1 }, false, session);
    expect((await readHistory(session)).rooms).toBe(1);
    expect(await react(session, old)).toBeNull();
    expect((await readHistory(session)).rooms).toBe(4);
    expect(await getRoomOf(session).block(host, old, true, true)).toBeNull();
    expect(await getRoomOf(session).end(host)).toMatchObject({ total: 0 });
  });
});

describe("the people curve", () => {
  test("tells when they came and when the last one left, though nobody reacts", async () => {
    const session = await openSession();
    const people = await Promise.all([join(session), join(session), join(session)]);
    await vi.waitFor(async () => expect((await readHistory(session)).people).not.toEqual([]), {
      timeout: 30_000,
    });
    for (const person of people) person.close();
    await vi.waitFor(
      async () => {
        const curve = (await readHistory(session)).people.map(({ people }) => people);
        expect(curve.at(-1)).toBe(0);
        expect(Math.max(...curve)).toBe(3);
      },
      { timeout: 60_000, interval: 500 },
    );
  });

  test("tells that the last one left, though the room dies before it is written", async () => {
    const session = await openSession();
    const person = await join(session);
    const readLast = async () => (await readHistory(session)).people.at(-1)?.people;
    await vi.waitFor(async () => expect(await readLast()).toBe(1), { timeout: 30_000 });
    const isGuarded = () =>
      runInDurableObject(getRoomOf(session), async (_, { storage }) => {
        const alarm = await storage.getAlarm();
        return alarm !== null && alarm < Date.now() + 60_000;
      });
    // Nothing is left to be said of their coming; then they go.
    await vi.waitFor(async () => expect(await isGuarded()).toBe(false), { timeout: 60_000, interval: 500 });
    person.close();
    await vi.waitFor(async () => expect((await isGuarded()) || (await readLast()) === 0).toBe(true), {
      timeout: 30_000,
    });
    await abortAllDurableObjects();
    await runDurableObjectAlarm(getRoomOf(session));
    await vi.waitFor(async () => expect(await readLast()).toBe(0), { timeout: 60_000, interval: 500 });
  });
});

describe("when the clock is put", () => {
  const { now } = Date;
  let offset = 0;
  beforeEach(() => {
    offset = 0;
    vi.spyOn(Date, "now").mockImplementation(() => now() + offset);
  });
  afterEach(() => vi.restoreAllMocks());
  const put = (ms: number) => {
    offset += ms;
  };

  test.each([-120_000, 120_000])("by %i ms, nobody waits longer than ever", async (jump) => {
    const session = await openSession();
    const [client, other] = [await join(session), await join(session)];
    for (let tap = 0; tap < LIMITS.reactionsBurst; tap++) await client.react("1", "x", `before-${tap}`);
    put(jump);
    const start = performance.now();
    await client.react("1", "x", "after");
    await other.until(() => other.totals.total === LIMITS.reactionsBurst + 1);
    await getRoomOf(session).setState(host, { page: "2", state: "" });
    await other.until(() => other.versions.includes(1));
    expect(performance.now() - start).toBeLessThan(20_000);
    put(-jump);
    await client.react("1", "x", "and-back");
    await other.until(() => other.totals.total === LIMITS.reactionsBurst + 2);
    expect(performance.now() - start).toBeLessThan(40_000);
    for (const refusal of client.refused) {
      expect(refusal).toMatchObject({ code: "rate_limited", retryAfter: expect.any(Number) });
      expect("retryAfter" in refusal ? refusal.retryAfter : 0).toBeLessThanOrEqual(
        1 / LIMITS.reactionsPerSecond + 0.1,
      );
    }
  });

  test.each([-120_000, 120_000])("by %i ms, the session's course goes on and never back", async (jump) => {
    const session = await openSession();
    const show = (page: string) => getRoomOf(session).setState(host, { page, state: "" });
    await show("1");
    put(jump);
    await show("2");
    await evictDurableObject(getRoomOf(session));
    await show("3");
    put(-jump);
    await show("4");
    const person = await join(session);
    person.close();
    await vi.waitFor(async () => expect((await readHistory(session)).people.at(-1)?.people).toBe(0), {
      timeout: 60_000,
      interval: 500,
    });
    const { states, people } = await readHistory(session);
    expect(states.map(({ page }) => page)).toEqual(["0", "1", "2", "3", "4"]);
    for (const times of [states, people].map((course) => course.map(({ at }) => at))) {
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    expect(people.at(-1)?.at).toBeGreaterThanOrEqual(states.at(-1)?.at ?? 0);
  });

  test.each([-120_000, 120_000])("by %i ms, a throttle keeps its interval", async (jump) => {
    const runs: number[] = [];
    const throttle = new Throttle(200, () => void runs.push(performance.now()));
    throttle.schedule();
    await vi.waitFor(() => expect(runs).toHaveLength(1));
    put(jump);
    throttle.schedule();
    await vi.waitFor(() => expect(runs).toHaveLength(2));
  });
});

describe("a pipe", () => {
  test("whose reader says nothing is closed before much waits for it, and one that pings is not", async () => {
    const session = await openSession();
    const open = async () => {
      const { participant } = await joinSession(session);
      const { webSocket } = await call(`/session/${session}/participant/${participant}/pipe`, {
        headers: { Upgrade: "websocket" },
      });
      if (!webSocket) throw new Error("no pipe");
      const closed = new Promise<number>((resolve) =>
        webSocket.addEventListener("close", ({ code }) => resolve(code)),
      );
      webSocket.accept();
      return { webSocket, closed };
    };
    const [silent, alive] = [await open(), await open()];
    let isOpen = true;
    void alive.closed.then(() => {
      isOpen = false;
    });
    const pong = () =>
      new Promise<void>((resolve) => {
        const hear = ({ data }: MessageEvent) => {
          if (data !== "pong") return;
          alive.webSocket.removeEventListener("message", hear);
          resolve();
        };
        alive.webSocket.addEventListener("message", hear);
        alive.webSocket.send("ping");
      });
    const state = "s".repeat(LIMITS.stateBytes);
    for (let sent = 0; sent < 2 * LIMITS.unreadBytes; sent += state.length) {
      await getRoomOf(session).setState(host, { page: "1", state });
      if ((sent / state.length) % 8 === 0) await pong();
    }
    expect(await silent.closed).toBe(1001);
    expect(isOpen).toBe(true);
    alive.webSocket.close(1000);
  });

  test("that sends hundreds of messages within a second is closed at once", async () => {
    const session = await openSession();
    const { participant } = await joinSession(session);
    const { webSocket } = await call(`/session/${session}/participant/${participant}/pipe`, {
      headers: { Upgrade: "websocket" },
    });
    if (!webSocket) throw new Error("no pipe");
    let answers = 0;
    webSocket.addEventListener("message", ({ data }) => {
      if (String(data).includes('"error"')) answers++;
    });
    const closed = new Promise<number>((resolve) =>
      webSocket.addEventListener("close", ({ code }) => resolve(code)),
    );
    webSocket.accept();
    for (let message = 0; message < 20 * LIMITS.messagesAtOnce; message++) webSocket.send("{}");
    expect(await closed).toBe(1008);
    expect(answers).toBeLessThanOrEqual(5 * LIMITS.messagesAtOnce);
  });
});
