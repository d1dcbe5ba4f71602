import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { ServerMessage } from "../../shared/protocol/message.schema.ts";
import { SessionTotals } from "../../shared/protocol/totals.schema.ts";
import type { SessionRoom } from "./session-room.ts";
import {
  call,
  getRoomOf,
  host,
  joinSession,
  nameUser,
  openSession,
  type TestClient,
  takeSeat,
} from "./test-client.ts";

const clients: TestClient[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const client of clients.splice(0)) client.close();
});
const later = (ms: number) => vi.useFakeTimers({ now: Date.now() + ms, toFake: ["Date"] });

async function nameJoined(session: string): Promise<string> {
  const seat = await takeSeat(session);
  if (!("participant" in seat)) throw new Error(seat.code);
  return seat.participant;
}
/** Opens a pipe, as somebody who has joined does. */
async function open(session: string, participant: string): Promise<number> {
  const path = `/session/${session}/participant/${participant}/pipe`;
  const { status, webSocket } = await call(path, { headers: { Upgrade: "websocket" } });
  webSocket?.accept();
  return status;
}
let ids = 0;
const react = (session: string, participant: string) =>
  getRoomOf(session, Number.parseInt(participant.slice(1, 5), 36)).react(participant, {
    page: "1",
    reaction: "x",
    id: `${++ids}`,
  });
const getTotals = async (session: string) => SessionTotals.parse(await getRoomOf(session).getTotals());
const RULES = { paused: false, reactions: null, pages: {}, publicResults: false };

/** A host's pipe, and what it has heard. */
async function openHostPipe(session: string, participant: string = host.participant) {
  const path = `/session/${session}/participant/${participant}/pipe`;
  const { webSocket } = await call(path, { headers: { Upgrade: "websocket" } });
  if (!webSocket) throw new Error("no pipe");
  const heard: ServerMessage[] = [];
  webSocket.addEventListener("message", ({ data }) =>
    heard.push(ServerMessage.parse(JSON.parse(String(data)))),
  );
  const closed = new Promise<number>((resolve) =>
    webSocket.addEventListener("close", ({ code }) => resolve(code)),
  );
  webSocket.accept();
  return { heard, closed, close: () => webSocket.close(1000) };
}

describe("a place", () => {
  test("that nobody uses within two minutes is given to somebody else; who used theirs keeps it", async () => {
    const session = await openSession({ maxParticipants: 4 });
    const [idle, connected, reacted, other] = [
      await nameJoined(session),
      await nameJoined(session),
      await nameJoined(session),
      await nameJoined(session),
    ];
    expect(await open(session, connected)).toBe(101);
    expect(await react(session, reacted)).toBeNull();
    expect(await takeSeat(session)).toMatchObject({ code: "session_full" });
    later(LIMITS.placeMs);
    const [third, fourth] = [await nameJoined(session), await nameJoined(session)];
    expect(await takeSeat(session)).toMatchObject({ code: "session_full" });
    expect((await getTotals(session)).participants).toBe(6);
    expect([await open(session, third), await open(session, fourth)]).toEqual([101, 101]);
    // The first ones come back: theirs are given away, and the session is full.
    expect(await react(session, idle)).toMatchObject({ code: "session_full" });
    expect(await open(session, other)).toBe(429);
    // Those who had used theirs are in, whatever has died since.
    await evictDurableObject(getRoomOf(session));
    expect(await react(session, reacted)).toBeNull();
    expect(await open(session, connected)).toBe(101);
  });

  test("is free for whoever comes back without one, as long as one is", async () => {
    const session = await openSession({ maxParticipants: 2 });
    const early = await nameJoined(session);
    later(LIMITS.placeMs);
    expect(await react(session, early)).toBeNull();
    expect(await open(session, await nameJoined(session))).toBe(101);
    expect(await takeSeat(session)).toMatchObject({ code: "session_full" });
  });

  test("is said to be free again when it may be", async () => {
    const session = await openSession({ maxParticipants: 1 });
    await nameJoined(session);
    const full = await takeSeat(session);
    if (!("retryAfter" in full)) throw new Error("not full");
    expect(full.retryAfter).toBeGreaterThan(0);
    expect(full.retryAfter).toBeLessThanOrEqual(60);
  });

  test("outlives a restart: a session can't be filled twice", async () => {
    const session = await openSession({ maxParticipants: 2, expectedAudience: 15 });
    const people = [await nameJoined(session), await nameJoined(session)];
    for (const each of people) expect(await react(session, each)).toBeNull();
    await openSession({ maxParticipants: 2, expectedAudience: 15 }, true, session);
    expect((await getTotals(session)).participants).toBe(2);
    expect(await takeSeat(session)).toMatchObject({ code: "session_full" });
    for (const each of people) expect(await react(session, each)).toBeNull();
  });

  test("of everyone in every room is one of so many, however many come at once", async () => {
    const session = await openSession({ maxParticipants: 20, expectedAudience: 15 });
    await nameJoined(session);
    // Names of before, in all rooms, at once.
    const people = Array.from({ length: 60 }, (_, index) => nameUser(index % 3));
    const answers = await Promise.all(people.map((each) => react(session, each)));
    expect(answers.filter((refusal) => refusal === null)).toHaveLength(19);
    const full = answers.filter((answer) => answer && "code" in answer && answer.code === "session_full");
    expect(full).toHaveLength(41);
  });
});

describe("when the clock is put", () => {
  test.each([-120_000, 120_000])("by %i ms, whoever is in stays in, and who waits comes in", async (jump) => {
    const session = await openSession({ maxParticipants: 3, expectedAudience: 1 });
    const [inside, joined] = [await nameJoined(session), await nameJoined(session)];
    expect(await react(session, inside)).toBeNull();
    await nameJoined(session);
    expect(await takeSeat(session)).toMatchObject({ code: "session_full" });

    later(jump);
    expect(await react(session, inside)).toBeNull();
    expect(await react(session, joined)).toBeNull();
    const newcomer = await nameJoined(session);
    expect(await takeSeat(session)).toMatchObject({ code: "session_full" });
    later(-jump);
    expect(await react(session, inside)).toBeNull();
    expect(await react(session, newcomer)).toBeNull();
    const full = await takeSeat(session);
    expect(full).toMatchObject({ code: "session_full", retryAfter: expect.any(Number) });
    expect("retryAfter" in full ? full.retryAfter : 0).toBeLessThanOrEqual(60);
    expect((await getTotals(session)).participants).toBe(4);
  });

  test.each([-120_000, 120_000])(
    "by %i ms, the pace begins anew, and hosts hear who waits now",
    async (jump) => {
      const session = await openSession();
      await getRoomOf(session).setRules(host, { ...RULES, joinsPerMinute: 5 });
      for (let person = 0; person < 5; person++) await nameJoined(session);
      expect(await takeSeat(session)).toMatchObject({ code: "rate_limited" });
      later(jump);
      for (let person = 0; person < 5; person++) await nameJoined(session);
      const refused = await takeSeat(session);
      expect(refused).toMatchObject({ code: "rate_limited" });
      expect("retryAfter" in refused ? refused.retryAfter : 0).toBeLessThanOrEqual(60);
      const deck = await openHostPipe(session);
      await vi.waitFor(() =>
        expect(deck.heard).toContainEqual(expect.objectContaining({ type: "door", waiting: 1 })),
      );
      deck.close();
    },
  );
});

describe("a flood of newcomers", () => {
  const flood = async (session: string, people: number) => {
    const answers = [];
    for (let person = 0; person < people; person++) answers.push(await takeSeat(session));
    return answers.filter((answer) => "participant" in answer).length;
  };

  test("waits, and takes no more than the pace; a minute later there is room again", async () => {
    later(0); // and the clock stands still
    const session = await openSession({ expectedAudience: 1 });
    expect(await flood(session, 300)).toBe(LIMITS.joinsPerMinute);
    const refused = await takeSeat(session);
    expect(refused).toMatchObject({ code: "rate_limited" });
    later(62_000);
    expect(await flood(session, 10)).toBe(10);
  });

  test("is as large as the host expects, or says", async () => {
    later(0);
    const session = await openSession({ expectedAudience: 60 });
    expect(await flood(session, 300)).toBe(240);
    await getRoomOf(session).setRules(host, { ...RULES, joinsPerMinute: 250 });
    expect(await flood(session, 300)).toBe(10);
  });

  test("that comes to read after the end waits too, but needs no place, opens no room and joins nothing", async () => {
    later(0);
    const session = await openSession({ maxParticipants: 2 });
    expect(await react(session, await nameJoined(session))).toBeNull();
    await nameJoined(session);
    await getRoomOf(session).setRules(host, { ...RULES, isClosed: true });
    await getRoomOf(session).end(host);
    expect(await takeSeat(session)).toMatchObject({ code: "session_ended" });
    await getRoomOf(session).setRules(host, { ...RULES, publicResults: true });
    // Two had come before.
    expect(await flood(session, 300)).toBe(LIMITS.joinsPerMinute - 2);
    expect(await takeSeat(session)).toMatchObject({ code: "rate_limited" });
    expect(await getRoomOf(session).history(host)).toMatchObject({ rooms: 1, publicResults: true });
    expect(await getRoomOf(session).end(host)).toMatchObject({ participants: 2, total: 1 });
  });

  test("is seen by the hosts, who close the door and open it again", async () => {
    later(0);
    const session = await openSession();
    const first = await openHostPipe(session);
    await getRoomOf(session).setRules(host, { ...RULES, joinsPerMinute: 5 });
    expect(await flood(session, 12)).toBe(5);
    const isTold = (door: object) =>
      expect.arrayContaining([expect.objectContaining({ type: "door", ...door })]);
    await vi.waitFor(() =>
      expect(first.heard).toEqual(isTold({ waiting: 7, perMinute: 5, isClosed: false })),
    );
    const second = await openHostPipe(session);
    await vi.waitFor(() => expect(second.heard).toEqual(isTold({ waiting: 7 })));

    const inside = await nameJoined2(session);
    await getRoomOf(session).setRules(host, { ...RULES, isClosed: true });
    await vi.waitFor(() => expect(first.heard).toEqual(isTold({ isClosed: true })));
    expect(await takeSeat(session)).toMatchObject({ code: "session_full" });
    expect(await react(session, inside)).toBeNull();
    await getRoomOf(session).setRules(host, { ...RULES, isClosed: false, joinsPerMinute: 1000 });
    expect(await flood(session, 10)).toBe(10);
    first.close();
    second.close();
  });

  test("is counted by who waits, each once, whatever they come with", async () => {
    later(0);
    const session = await openSession();
    await getRoomOf(session).setRules(host, { ...RULES, joinsPerMinute: 1 });
    expect(await react(session, nameUser())).toBeNull();
    expect(await react(session, nameUser())).toMatchObject({ code: "rate_limited" });
    expect(await open(session, nameUser())).toBe(429);
    const deck = await openHostPipe(session);
    await vi.waitFor(() => expect(deck.heard).toContainEqual(expect.objectContaining({ waiting: 2 })));
    deck.close();
  });

  /** One more is let in. */
  async function nameJoined2(session: string): Promise<string> {
    await getRoomOf(session).setRules(host, { ...RULES, joinsPerMinute: 6 });
    const participant = await nameJoined(session);
    expect(await react(session, participant)).toBeNull();
    return participant;
  }
});

test("a host hears that the door is open again, though the room has slept since it said that it was closed", async () => {
  const session = await openSession();
  const deck = await openHostPipe(session);
  const doors = () => deck.heard.flatMap((message) => (message.type === "door" ? [message.isClosed] : []));
  await getRoomOf(session).setRules(host, { ...RULES, isClosed: true });
  await vi.waitFor(() => expect(doors()).toEqual([true]));
  await evictDurableObject(getRoomOf(session));
  await getRoomOf(session).setRules(host, { ...RULES, isClosed: false });
  await vi.waitFor(() => expect(doors()).toEqual([true, false]));
  deck.close();
});

describe("sending everybody out", () => {
  test("ends every name of before, in every room, and gives who comes back a new one", async () => {
    const session = await openSession({ expectedAudience: 15, userTokenHash: "x".repeat(18) });
    const people = await Promise.all([0, 1, 2].map(() => joinSession(session)));
    const pipes = await Promise.all(people.map(({ participant }) => openHostPipe(session, participant)));
    const deck = await openHostPipe(session);
    const coHost = await getRoomOf(session).invite(host, { role: "presenter" });
    if (!("participant" in coHost)) throw new Error("not invited");
    const presenter = { participant: coHost.participant, role: "presenter" } as const;

    const revoked = await call(`/session/${session}/generation`, { method: "PUT" });
    expect(await revoked.json()).toEqual({ generation: 1 });
    for (const { heard, closed } of [...pipes, deck]) {
      expect(await closed).toBe(1008);
      expect(heard.at(-1)).toMatchObject({ type: "error", code: "not_participant" });
    }
    for (const { participant, room } of people) {
      await vi.waitFor(async () =>
        expect(await getRoomOf(session, room).getState(participant)).toMatchObject({
          code: "not_participant",
        }),
      );
      expect(await react(session, participant)).toMatchObject({ code: "not_participant" });
      const answer = await takeSeat(session, participant);
      if (!("participant" in answer)) throw new Error(answer.code);
      expect(answer.participant).not.toBe(participant);
      expect(await react(session, answer.participant)).toBeNull();
      expect(await takeSeat(session, answer.participant)).toEqual(answer);
    }
    expect(await getRoomOf(session).setState(host, { page: "1", state: "" })).toMatchObject({
      code: "not_participant",
    });
    expect(await getRoomOf(session).setState(presenter, { page: "1", state: "" })).toMatchObject({
      code: "not_host",
    });
    const upgrade = { headers: { Upgrade: "websocket" } };
    const pipe = await getRoomOf(session).fetch(`http://room/${presenter.participant}`, upgrade);
    expect(await pipe.json()).toMatchObject({ code: "not_participant" });
    expect((await getRoomOf(session).info())?.userTokenHash).toBeUndefined();
    expect(await (await call(`/session/${session}`)).json()).not.toHaveProperty("userTokenHash");
  });

  test("is remembered through restart and death", async () => {
    const session = await openSession({ expectedAudience: 15 });
    const { participant, room } = await joinSession(session);
    await getRoomOf(session).revoke();
    await openSession({ expectedAudience: 15 }, true, session);
    await evictDurableObject(getRoomOf(session, room)).catch(() => {});
    await evictDurableObject(getRoomOf(session)).catch(() => {});
    expect(await react(session, participant)).toMatchObject({ code: "not_participant" });
  });
});

test("a userToken that is not sent again is gone at once", async () => {
  const session = await openSession({ userTokenHash: "x".repeat(18) });
  expect((await getRoomOf(session).info())?.userTokenHash).toBe("x".repeat(18));
  await openSession({}, false, session);
  expect((await getRoomOf(session).info())?.userTokenHash).toBeUndefined();
});

describe("what is kept of a session's info for reading", () => {
  afterEach(() => vi.restoreAllMocks());

  /** Somebody reads the info from the root; before they have kept it, this happens. */
  async function readMeanwhile(more: Record<string, unknown>, happen: (room: SessionRoom) => unknown) {
    const facts = {
      name: "a talk",
      date: "today",
      apiUrl: "https://api.example",
      webUiUrl: "https://a.example",
    };
    const session = `kept-${++ids}`.padEnd(18, "-");
    await getRoomOf(session).open({ session: { ...facts, ...more }, restart: false, mustExist: false });
    const { put } = env.SESSION_KV;
    const kept = vi.spyOn(env.SESSION_KV, "put").mockImplementationOnce(async (...given) => {
      await runInDurableObject(getRoomOf(session), (room: SessionRoom) => void happen(room));
      await put.apply(env.SESSION_KV, given);
    });
    expect(await (await call(`/session/${session}`)).json()).toMatchObject({ name: "a talk" });
    await vi.waitFor(() => expect(kept.mock.results[0]?.type).toBe("return"));
    await kept.mock.results[0]?.value;
    return () => env.SESSION_KV.get(session, "json");
  }

  test("is what it is after a revocation, though it was read before", async () => {
    const read = await readMeanwhile({ userTokenHash: "x".repeat(18) }, (room) => room.revoke());
    await vi.waitFor(async () => {
      const kept = await read();
      expect(kept).toMatchObject({ name: "a talk" });
      expect(kept).not.toHaveProperty("userTokenHash");
    });
  });

  test("is written again where KV takes no more writes at this moment, and nobody is refused for it", async () => {
    const session = await openSession({ userTokenHash: "x".repeat(18) });
    const put = vi.spyOn(env.SESSION_KV, "put").mockRejectedValueOnce(new Error("429 Too Many Requests"));
    expect((await call(`/session/${session}/generation`, { method: "PUT" })).status).toBe(200);
    expect(put).toHaveBeenCalled();
    expect(await env.SESSION_KV.get(session, "json")).not.toHaveProperty("userTokenHash");
  });

  test("is gone with the session, as slow as KV takes its writes", async () => {
    const session = await openSession();
    const { delete: remove } = env.SESSION_KV;
    let last = Number.NEGATIVE_INFINITY;
    const removed = vi.spyOn(env.SESSION_KV, "delete").mockImplementation(async (name: string) => {
      if (performance.now() - last < 900) throw new Error("429 Too Many Requests");
      last = performance.now();
      await remove.call(env.SESSION_KV, name);
    });
    expect((await call(`/session/${session}`, { method: "DELETE" })).status).toBe(200);
    expect(removed).toHaveBeenCalled();
    expect(await env.SESSION_KV.get(session)).toBeNull();
  });

  test("is gone with the session, though it was read before", async () => {
    const read = await readMeanwhile({}, (room) => room.erase());
    await vi.waitFor(async () => expect(await read()).toBeNull());
  });
});
