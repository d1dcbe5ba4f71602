import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createParticipant } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { Problem } from "../../shared/protocol/problem.schema.ts";
import { SessionTotals } from "../../shared/protocol/totals.schema.ts";
import { ChildRooms } from "./child-rooms.ts";
import { LedgerClient } from "./ledger-client.ts";
import type { DeckState, Facts, SessionUpdate } from "./room-message.ts";
import {
  call,
  getLedgerOf,
  getRoomOf,
  host,
  join,
  joinSession,
  openSession,
  takeSeat,
} from "./test-client.ts";

const RETENTION_MS = LIMITS.retentionDays * 24 * 60 * 60 * 1000;

const user = (number = 0) => createParticipant("user", number, "0".repeat(16));
const totals = async (session: string) =>
  SessionTotals.parse(await (await call(`/session/${session}/totals`)).json());
const setState = (session: string, page: string) => getRoomOf(session).setState(host, { page, state: "s" });
const getAlarm = (session: string, number = 0) =>
  runInDurableObject(getRoomOf(session, number), (_, { storage }) => storage.getAlarm());
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Everything in all ledgers of a session. */
async function listAll(session: string, rooms: number) {
  const ids: string[] = [];
  for (let number = 0; number < rooms; number++) {
    const { entries } = await getLedgerOf(session, number).list({
      interaction: "reaction",
      limit: LIMITS.listPage,
    });
    ids.push(...entries.map(({ id }) => id));
  }
  return ids;
}

describe("before it was started, a session", () => {
  const session = "never-started-----";

  test.each([
    ["GET", `/session/${session}`],
    ["GET", `/session/${session}/totals`],
    ["GET", `/session/${session}/participant/${createParticipant("user", 7, "0".repeat(16))}/pipe`],
  ])("is not found: %s %s", async (method, path) => {
    const isPipe = path.endsWith("/pipe");
    const body = method === "POST" ? { body: "{}" } : {};
    const response = await call(path, isPipe ? { headers: { Upgrade: "websocket" } } : { method, ...body });
    expect(response.status).toBe(404);
    expect(Problem.parse(await response.json())).toMatchObject({ code: "session_not_found" });
  });

  test("has no seat for anybody", async () => {
    expect(await takeSeat(session)).toMatchObject({ code: "session_not_found" });
  });

  test.each([0, 7])("has no state and takes no reaction in room %i", async (number) => {
    const participant = user(number);
    const reaction = { page: "1", reaction: "x", id: "1" };
    expect(await getRoomOf(session, number).getState()).toMatchObject({ code: "session_not_found" });
    expect(await getRoomOf(session, number).react(participant, reaction)).toMatchObject({
      code: "session_not_found",
    });
  });

  test("has nothing stored for having been asked for", async () => {
    for (const number of [0, 7]) {
      await runInDurableObject(getRoomOf(session, number), (_, { storage }) => {
        expect([...storage.kv.list()]).toEqual([]);
      });
    }
    expect(await env.SESSION_KV.get(session)).toBeNull();
  });
});

describe("session info", () => {
  test("is kept in KV once known, and rewritten when the host resumes", async () => {
    const session = await openSession({ name: "first" });
    await expect.poll(() => env.SESSION_KV.get(session)).toContain("first");
    await openSession({ name: "second" }, false, session);
    await expect.poll(() => env.SESSION_KV.get(session)).toContain("second");
    expect(await (await call(`/session/${session}`)).json()).toMatchObject({ name: "second" });
  });

  test("comes from the root when KV does not have it, or has nonsense", async () => {
    const session = await openSession();
    await env.SESSION_KV.put(session, '{"name":1}');
    expect(await (await call(`/session/${session}`)).json()).toMatchObject({ name: "a talk" });
  });
});

describe("an idle session with open pipes", () => {
  const pending = new Set<unknown>();

  beforeEach(() => {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    vi.stubGlobal("setTimeout", (run: () => void, wait?: number) => {
      const timer = set(() => {
        pending.delete(timer);
        run();
      }, wait);
      pending.add(timer);
      return timer;
    });
    vi.stubGlobal("clearTimeout", (timer: never) => {
      pending.delete(timer);
      clear(timer);
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  test("has no timer and no alarm but its expiry, and wakes correctly", async () => {
    const session = await openSession({ expectedAudience: 15 });
    const people = await Promise.all(Array.from({ length: 15 }, () => join(session)));
    await people[3]?.react("1", "x", "1");
    await setState(session, "2");
    for (const person of people) {
      await person.until(
        () => person.totals.total === 1 && person.people === 15 && person.versions.includes(1),
      );
    }
    // What guarded the last publication finds nothing left to do, two seconds later, and goes.
    const isIdle = async () => {
      const [expiry, ...others] = await Promise.all([0, 1, 2].map((number) => getAlarm(session, number)));
      expect(others).toEqual([null, null]);
      expect((expiry ?? 0) - Date.now()).toBeGreaterThan(RETENTION_MS - 60_000);
      expect(pending.size).toBe(0);
    };
    await vi.waitFor(isIdle, { timeout: 20_000, interval: 50 });

    for (const number of [0, 1, 2]) await evictDurableObject(getRoomOf(session, number));
    await people[7]?.react("2", "y", "2");
    await setState(session, "3");
    for (const person of people) {
      await person.until(() => person.totals.total === 2 && person.versions.includes(2));
      expect(person.connects).toBe(1);
    }
  });
});

describe("closing a pipe", () => {
  test.each([
    [1000, 1000],
    [3001, 3001],
    [undefined, 1005],
  ])("with code %s is answered with %s, every time", async (code, answered) => {
    const session = await openSession();
    const { participant } = await joinSession(session);
    const path = `/session/${session}/participant/${participant}/pipe`;
    for (let round = 0; round < 20; round++) {
      const { webSocket } = await call(path, { headers: { Upgrade: "websocket" } });
      if (!webSocket) throw new Error("no pipe");
      const closed = new Promise<CloseEvent>((resolve) => webSocket.addEventListener("close", resolve));
      webSocket.accept();
      webSocket.close(code);
      const event = await closed;
      expect([event.code, event.wasClean]).toEqual([answered, true]);
    }
  });
});

describe("pipes that died without a word", () => {
  const later = (ms: number) => vi.useFakeTimers({ now: Date.now() + ms, toFake: ["Date"] });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function openPipes(count: number) {
    const session = await openSession();
    const participant = createParticipant("user", 0, `${session}-`.slice(0, 16));
    const path = `/session/${session}/participant/${participant}/pipe`;
    const open = async () => {
      const { status, webSocket } = await call(path, { headers: { Upgrade: "websocket" } });
      webSocket?.accept();
      return status;
    };
    for (let pipe = 0; pipe < count; pipe++) expect(await open()).toBe(101);
    return { session, open };
  }

  test("make place for a fifth, which is refused while the four live", async () => {
    const { open } = await openPipes(4);
    expect(await open()).toBe(429);
    later(LIMITS.ghostMs + 1000);
    expect(await open()).toBe(101);
  });

  test("are not counted once their room wakes", async () => {
    const { session } = await openPipes(1);
    const watcher = await join(session);
    await watcher.until(() => watcher.people === 2);
    later(LIMITS.silentMs + 1000);
    await evictDurableObject(getRoomOf(session));
    // Both were silent for too long; the watcher is a client that comes back.
    await setState(session, "1");
    await watcher.until(() => watcher.connects === 2 && watcher.people === 1);
  });
});

describe("when the ledger does not answer", () => {
  test("the client hears unavailable, and sending again succeeds", async () => {
    const session = await openSession();
    const client = await join(session);
    await client.react("1", "x", "before");
    await getLedgerOf(session).failNext(2);
    await client.react("1", "x", "during");
    expect(client.refused).toMatchObject([
      { code: "unavailable", id: "during", retryAfter: 1 },
      { code: "unavailable" },
    ]);
    expect(await totals(session)).toMatchObject({ pages: { "1": { x: 2 } }, total: 2 });
  });

  test("totals are unavailable for a room that has just woken, and right afterwards", async () => {
    const session = await openSession();
    // Without a pipe: nothing but the question below wakes the room.
    await getRoomOf(session).react(user(), { page: "1", reaction: "x", id: "1" });
    await evictDurableObject(getRoomOf(session));
    await getLedgerOf(session).failNext(1);
    const response = await call(`/session/${session}/totals`);
    expect(response.status).toBe(503);
    expect(Problem.parse(await response.json())).toMatchObject({ code: "unavailable" });
    expect(await totals(session)).toMatchObject({ total: 1 });
  });
});

/** What `work` answers when the session is restarted while this call of this room is on its way to its ledger. */
async function restartDuring<T>(
  session: string,
  number: number,
  call: "append" | "totals",
  work: () => Promise<T>,
): Promise<T> {
  const send = LedgerClient.prototype[call] as (...given: unknown[]) => Promise<never>;
  const slow = vi.spyOn(LedgerClient.prototype, call).mockImplementationOnce(async function (
    this: LedgerClient,
    ...given: unknown[]
  ) {
    for (let version = 0; version === 0; await pause(20)) {
      const state = await getRoomOf(session, number).getState();
      if ("version" in state) version = state.version;
    }
    return send.apply(this, given);
  });
  try {
    const answer = work();
    await vi.waitFor(() => expect(slow).toHaveBeenCalled(), { timeout: 20_000 });
    await openSession({}, true, session);
    return await answer;
  } finally {
    slow.mockRestore();
  }
}

describe("a ledger that knows nothing", () => {
  test("of what its room has sent before gets what comes next, and its counts are the room's", async () => {
    const session = await openSession();
    const react = (id: string) => getRoomOf(session).react(user(), { page: "1", reaction: "x", id });
    expect(await react("1")).toBeNull();
    await getLedgerOf(session).erase();
    await getLedgerOf(session).failNext(1);
    expect(await react("2")).toMatchObject({ code: "unavailable" });
    expect(await react("2")).toBeNull();
    expect((await totals(session)).total).toBe(1);
    expect(await listAll(session, 1)).toEqual(["2"]);
  });

  test.each(["append", "totals"] as const)(
    "of a restart keeps nothing of the time before it: %s",
    async (call) => {
      const session = await openSession({ expectedAudience: 15 });
      await join(session);
      const late = () => getRoomOf(session, 1).react(user(1), { page: "1", reaction: "x", id: "1" });
      // It is part of what the restart empties: done, and gone.
      expect(await restartDuring<unknown>(session, 1, call, late)).toBeNull();
      expect(await listAll(session, 3)).toEqual([]);
      expect((await totals(session)).total).toBe(0);
    },
  );
});

describe("while rooms and ledgers die at random", () => {
  test("200 people lose nothing that was acknowledged, and nothing counts twice", {
    timeout: 300_000,
  }, async () => {
    const session = await openSession({ expectedAudience: 60 });
    const people = await Promise.all(Array.from({ length: 200 }, () => join(session)));
    const countAcked = () => people.reduce((sum, { acked }) => sum + acked.size, 0);
    const isDone = () => countAcked() === 1600;
    const chaos = (async () => {
      for (let strike = 0; !isDone(); strike++) {
        const before = countAcked();
        if (strike % 2 === 0) await abortAllDurableObjects();
        else await evictDurableObject(getRoomOf(session, Math.floor(Math.random() * 12))).catch(() => {});
        // Not faster than the rooms come back, or nobody would ever get anything through.
        do await pause(200);
        while (!isDone() && countAcked() < before + 8);
      }
    })();
    await Promise.all(
      people.map(async (person, i) => {
        for (let n = 0; n < 8; n++) {
          await person.react(`${n % 3}`, i % 2 ? "👍" : "👏", `${i}-${n}`);
          await pause(Math.random() * 600); // people think between taps
        }
      }),
    );
    await chaos;

    const kept = await listAll(session, 64);
    expect(kept).toHaveLength(1600);
    expect(new Set(kept).size).toBe(1600);
    const expected = {
      "0": { "👏": 300, "👍": 300 },
      "1": { "👏": 300, "👍": 300 },
      "2": { "👏": 200, "👍": 200 },
    };
    await vi.waitFor(
      async () => expect(await totals(session)).toMatchObject({ pages: expected, total: 1600 }),
      {
        timeout: 20_000,
        interval: 200,
      },
    );
    for (const person of people) {
      await person.until(() => person.totals.total === 1600);
      expect(person.totals.toJSON()).toEqual(expected);
    }
    expect(Math.max(...people.map(({ connects }) => connects))).toBeGreaterThan(1);
  });
});

test("who was taken out of the counts stays out, also where the ledger's answer was lost", async () => {
  const session = await openSession();
  const react = (participant: string) =>
    getRoomOf(session).react(participant, { page: "1", reaction: "x", id: participant });
  const other = createParticipant("user", 0, "1".repeat(16));
  expect([await react(user()), await react(other)]).toEqual([null, null]);
  await getLedgerOf(session).loseNext(1);
  expect(await getRoomOf(session).block(host, user(), true, true)).toMatchObject({ code: "unavailable" });
  expect(await getRoomOf(session).end(host)).toMatchObject({ total: 1 });
});

describe("what the host ends", () => {
  test("is not what was started anew meanwhile, and that goes on", async () => {
    const session = await openSession();
    await getRoomOf(session).react(user(), { page: "1", reaction: "x", id: "1" });
    const end = async () => getRoomOf(session).end(host);
    expect(await restartDuring<unknown>(session, 0, "totals", end)).toMatchObject({
      code: "session_not_found",
    });
    expect(await getRoomOf(session).react(user(), { page: "1", reaction: "x", id: "2" })).toBeNull();
    expect((await totals(session)).total).toBe(1);
  });

  test("has in its last totals what the ledger kept, also where the answer was lost", async () => {
    const session = await openSession();
    await getRoomOf(session).react(user(), { page: "1", reaction: "x", id: "answered" });
    await getLedgerOf(session).loseNext(1);
    const lost = await getRoomOf(session).react(user(), { page: "1", reaction: "x", id: "lost" });
    expect(lost).toMatchObject({ code: "unavailable" });
    expect(await getRoomOf(session).end(host)).toMatchObject({ pages: { "1": { x: 2 } }, total: 2 });
    expect(await listAll(session, 1)).toHaveLength(2);
  });

  test("takes nothing that waited, while it ended, for its kind to be admitted", async () => {
    const session = await openSession({ expectedAudience: 15 });
    await join(session);
    const { find } = LedgerClient.prototype;
    const slow = vi.spyOn(LedgerClient.prototype, "find").mockImplementation(async function (
      this: LedgerClient,
      ...given
    ) {
      expect(await getRoomOf(session).end(host)).toMatchObject({ total: 0 });
      return find.apply(this, given);
    });
    try {
      const late = getRoomOf(session, 1).react(user(1), { page: "1", reaction: "x", id: "late" });
      expect(await late).toMatchObject({ code: "session_ended" });
    } finally {
      slow.mockRestore();
    }
    expect(await listAll(session, 3)).toEqual([]);
  });

  test("is over in every room that counts, also where the news of it did not come through", async () => {
    const session = await openSession({ expectedAudience: 15 });
    const people = await Promise.all(Array.from({ length: 15 }, () => join(session)));
    await Promise.all(people.map((person, i) => person.react("1", "x", `${i}`)));
    const lost = vi.spyOn(ChildRooms.prototype, "enqueue").mockImplementation(() => {});
    try {
      expect(await getRoomOf(session).end(host)).toMatchObject({ total: 15 });
      expect(lost).toHaveBeenCalled();
      for (const number of [0, 1, 2]) {
        const late = { page: "1", reaction: "x", id: "late" };
        expect(await getRoomOf(session, number).react(user(number), late)).toMatchObject({
          code: "session_ended",
        });
      }
    } finally {
      lost.mockRestore();
    }
  });
});

test("a room that was erased does not come back because someone still counts", async () => {
  const session = await openSession({ expectedAudience: 15 });
  const update = await runInDurableObject(getRoomOf(session), (_, { storage }) => ({
    facts: storage.kv.get<Facts>("facts"),
    deck: storage.kv.get<DeckState>("live"),
    shown: ["0"],
  }));
  await call(`/session/${session}`, { method: "DELETE" });
  for (const number of [0, 1]) {
    await runInDurableObject(getRoomOf(session, number), async (erased, { storage }) => {
      await expect(erased.recount(update as SessionUpdate)).rejects.toThrow("no session");
      expect([...storage.kv.list()]).toEqual([]);
    });
  }
});

describe("the session's end", () => {
  /** As if nothing had happened for the whole retention. */
  const age = (session: string) =>
    runInDurableObject(getRoomOf(session), (_, { storage }) => {
      storage.kv.put("expiresAt", Date.now() - 1);
      return storage.setAlarm(Date.now() + 60_000);
    });

  test("is put off by what has happened since", async () => {
    const session = await openSession();
    await age(session);
    await runDurableObjectAlarm(getRoomOf(session));
    expect((await call(`/session/${session}`)).status).toBe(200);
    expect(((await getAlarm(session)) ?? 0) - Date.now()).toBeGreaterThan(RETENTION_MS - 60_000);
  });

  test("is set again for a session that was deleted and started anew", async () => {
    const session = await openSession();
    await openSession({}, false, session);
    await call(`/session/${session}`, { method: "DELETE" });
    await openSession({}, false, session);
    const alarm = (await getAlarm(session)) ?? 0;
    expect(alarm).toBeGreaterThan(Date.now() + RETENTION_MS - 60_000);
  });

  test("erases every room, every ledger and what KV knew, and ends the pipes", async () => {
    const session = await openSession({ expectedAudience: 15 });
    const people = await Promise.all(Array.from({ length: 15 }, () => join(session)));
    await Promise.all(people.map((person, i) => person.react("1", "x", `${i}`)));
    await vi.waitFor(async () => expect((await totals(session)).total).toBe(15), { timeout: 20_000 });
    for (const person of people) person.close();

    await age(session);
    vi.useFakeTimers({ now: Date.now() + RETENTION_MS * 2, toFake: ["Date"] });
    try {
      await runDurableObjectAlarm(getRoomOf(session));
    } finally {
      vi.useRealTimers();
    }
    for (const number of [0, 1, 2]) {
      await runInDurableObject(getRoomOf(session, number), async (_, { storage }) => {
        expect([...storage.kv.list()]).toEqual([]);
        expect(await storage.getAlarm()).toBeNull();
      });
    }
    expect(await listAll(session, 3)).toEqual([]);
    expect(await env.SESSION_KV.get(session)).toBeNull();
    expect((await call(`/session/${session}`)).status).toBe(404);
  });
});
