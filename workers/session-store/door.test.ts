import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getRoom } from "../../shared/protocol/identity.ts";
import type { HostRules } from "../../shared/protocol/rules.ts";
import type { Session } from "../lib/session.ts";
import { beginSession, changeRules, createDoor, createFacts, NOW, nameUser } from "./test-session.ts";
import { MemoryStorage } from "./test-storage.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The door of a session, whose rooms take two people each. With `storage`, that of the root's next life. */
function open(session: Partial<Session> = {}, rules: Partial<HostRules> = {}, storage?: MemoryStorage) {
  const kept = storage ?? new MemoryStorage();
  const state = beginSession(createFacts(session), kept.kv);
  changeRules(state, rules);
  const said: unknown[] = [];
  const hosts = { are: true };
  const door = createDoor(kept, state, {
    capacity: 2,
    hasHosts: () => hosts.are,
    say: (message) => said.push(message),
  });
  if (storage) door.load();
  else {
    door.expect(session.expectedAudience ?? 1);
    door.begin();
  }
  const facts = () => state.facts ?? createFacts();
  const read = () => {
    if (!state.facts) throw new Error("there is no session");
    return state.facts;
  };
  const enter = () => door.enter(read(), Date.now());
  const claim = (...participants: string[]) => door.claim(participants, read(), Date.now());
  /** Somebody who must get in. */
  const seat = () => {
    const entered = enter();
    if ("code" in entered) throw new Error(entered.code);
    return entered.participant;
  };
  return { door, state, storage: kept, said, hosts, enter, claim, seat, facts, read };
}

describe("who comes in", () => {
  test("gets a name in the emptiest room, and one more room opens when all are full", () => {
    const { door, seat } = open({ expectedAudience: 4 });
    expect(door.rooms).toBe(2);
    expect(Array.from({ length: 5 }, seat).map(getRoom)).toEqual([0, 1, 0, 1, 2]);
    expect([door.rooms, door.joined]).toEqual([3, 5]);
  });

  test("sits where people have left", () => {
    const { door, seat } = open({ expectedAudience: 4 });
    for (let i = 0; i < 4; i++) seat();
    door.seat(0, 2);
    door.seat(1, 2);
    door.seat(1, 1);
    expect(getRoom(seat())).toBe(1);
  });

  test("finds the rooms and the number of those who joined in the root's next life too", async () => {
    const { storage, seat } = open();
    for (let i = 0; i < 3; i++) seat();
    await vi.advanceTimersByTimeAsync(0);
    const { door } = open({}, {}, storage);
    expect([door.rooms, door.joined]).toEqual([2, 3]);
  });

  test("is counted in storage once a second, however many they are, and before that with the first who takes a place", async () => {
    const { door, storage, seat, claim } = open({ expectedAudience: 9 });
    const kept = () => storage.kv.get("joined");
    seat();
    await vi.advanceTimersByTimeAsync(0);
    const first = seat();
    await vi.advanceTimersByTimeAsync(999);
    seat();
    expect([kept(), door.joined]).toEqual([1, 3]);
    await vi.advanceTimersByTimeAsync(1);
    expect(kept()).toBe(3);
    seat();
    expect(kept()).toBe(3);
    claim(first);
    expect(kept()).toBe(4);
    await vi.advanceTimersByTimeAsync(1000);
    expect([kept(), vi.getTimerCount()]).toEqual([4, 0]);
  });

  test("the number of rooms only grows", () => {
    const { door } = open({ expectedAudience: 9 });
    door.expect(1);
    expect(door.rooms).toBe(5);
  });

  test("is refused while the door is closed, and where all places are taken", () => {
    expect(open({}, { isClosed: true }).enter()).toMatchObject({ code: "session_full", retryAfter: 30 });
    const { enter, seat } = open({ maxParticipants: 1 });
    seat();
    expect(enter()).toMatchObject({ code: "session_full" });
  });

  test("gets the place that somebody else has not used within its time", () => {
    const { enter, seat } = open({ maxParticipants: 1 });
    seat();
    vi.setSystemTime(NOW + 119_999);
    expect(enter()).toMatchObject({ code: "session_full", retryAfter: 1 });
    vi.setSystemTime(NOW + 120_000);
    expect(enter()).toHaveProperty("participant");
  });

  test("waits where more come than the pace of a minute takes", () => {
    const { enter, seat } = open({}, { joinsPerMinute: 2 });
    seat();
    seat();
    expect(enter()).toMatchObject({ code: "rate_limited", retryAfter: 15 });
    vi.setSystemTime(NOW + 61_000);
    expect(enter()).toHaveProperty("participant");
  });
});

describe("who comes after the end", () => {
  test("is refused, unless the results are public", () => {
    const { enter, state } = open();
    state.change({ endedAt: NOW }, NOW);
    expect(enter()).toMatchObject({ code: "session_ended" });
  });

  test("takes no place and opens no room where they may read, but waits for the pace", () => {
    const { door, enter, seat, state } = open(
      { maxParticipants: 1 },
      { publicResults: true, joinsPerMinute: 4 },
    );
    seat();
    state.change({ endedAt: NOW }, NOW);
    const names = [1, 2, 3].map(() => enter());
    expect(names.map((name) => ("code" in name ? name.code : getRoom(name.participant)))).toEqual([0, 0, 0]);
    expect([door.rooms, door.joined]).toEqual([1, 1]);
    expect(enter()).toMatchObject({ code: "rate_limited" });
  });
});

describe("who reacts or opens a pipe", () => {
  test("has their place for good, and their room is one that counts", () => {
    const { door, claim, storage } = open();
    const name = nameUser("a", 3);
    expect(claim(name)).toEqual({ placed: [name], refusal: undefined });
    expect(door.rooms).toBe(4);
    const next = open({ maxParticipants: 1 }, {}, storage);
    expect(next.claim(name).placed).toEqual([name]);
    expect(next.enter()).toMatchObject({ code: "session_full" });
  });

  test("hears of the others in their room who have a place, and of nobody in another, where that is asked for", () => {
    const { door, claim, read } = open({ maxParticipants: 3 });
    claim(nameUser("a", 2), nameUser("b", 2));
    claim(nameUser("c", 12));
    const ask = (name: string) => door.claim([name], read(), Date.now(), true);
    expect(ask(nameUser("a", 2))).toEqual({
      placed: [nameUser("a", 2), nameUser("b", 2)],
      refusal: undefined,
    });
    // Who is refused hears why, and their room hears of the others all the same.
    expect(ask(nameUser("d", 2))).toMatchObject({
      placed: [nameUser("a", 2), nameUser("b", 2)],
      refusal: { code: "session_full" },
    });
  });

  test("has none where all are taken, and hears why", () => {
    const { claim } = open({ maxParticipants: 1 });
    claim(nameUser("a"));
    expect(claim(nameUser("a"), nameUser("b"))).toMatchObject({
      placed: [nameUser("a")],
      refusal: { code: "session_full" },
    });
  });

  test("with a name of before everybody was sent out, has none, and all places are free again", () => {
    const { door, claim, state } = open({ maxParticipants: 1 });
    claim(nameUser("a"));
    state.change({ generation: 1 }, NOW);
    door.sendOut();
    expect(claim(nameUser("a"))).toMatchObject({ placed: [], refusal: { code: "not_participant" } });
    expect(claim(nameUser("b", 0, 1)).placed).toEqual([nameUser("b", 0, 1)]);
  });
});

describe("what hosts hear", () => {
  test("is nothing while nobody waits and the host has said nothing of it", async () => {
    const { door, said, read } = open();
    door.schedule();
    await vi.advanceTimersByTimeAsync(5000);
    expect([said, door.greet(read())]).toEqual([[], undefined]);
  });

  test("is who waits, once a second at most, and when there are no more", async () => {
    const { enter, seat, said } = open({}, { joinsPerMinute: 1 });
    seat();
    for (let i = 0; i < 3; i++) enter();
    await vi.advanceTimersByTimeAsync(0);
    enter();
    await vi.advanceTimersByTimeAsync(1000);
    const door = { type: "door", perMinute: 1, isClosed: false };
    expect(said).toEqual([
      { ...door, waiting: 3 },
      { ...door, waiting: 4 },
    ]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said.at(-1)).toEqual({ ...door, waiting: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is asked for by nobody while there is no host", async () => {
    const { enter, seat, hosts } = open({}, { joinsPerMinute: 1 });
    hosts.are = false;
    seat();
    enter();
    await vi.advanceTimersByTimeAsync(1000);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is said once, also by the root's next life", async () => {
    const { door, storage, said } = open({}, { isClosed: true });
    door.schedule();
    await vi.advanceTimersByTimeAsync(0);
    expect(said).toHaveLength(1);
    const next = open({}, { isClosed: true }, storage);
    next.door.schedule();
    await vi.advanceTimersByTimeAsync(1000);
    expect(next.said).toEqual([]);
    changeRules(next.state, { isClosed: false });
    next.door.schedule();
    await vi.advanceTimersByTimeAsync(1000);
    expect(next.said).toMatchObject([{ isClosed: false }]);
  });

  test("is part of the greeting where there is something to tell", () => {
    const { door, read } = open({}, { joinsPerMinute: 7 });
    expect(door.greet(read())).toEqual({ type: "door", waiting: 0, perMinute: 7, isClosed: false });
  });
});

test("a session that was deleted and begins again has all its places, and nobody waits", async () => {
  const { door, enter, seat, storage, read } = open({ maxParticipants: 1 }, { joinsPerMinute: 1 });
  seat();
  expect(enter()).toMatchObject({ code: "session_full" });
  vi.setSystemTime(NOW + 120_000);
  seat();
  enter();
  door.clear();
  await storage.deleteAll();
  await vi.advanceTimersByTimeAsync(1000);
  expect([storage.kv.get("joined"), door.joined]).toEqual([undefined, 0]);
  door.begin();
  expect(enter()).toHaveProperty("participant");
  expect(door.greet(read())).toMatchObject({ waiting: 0 });
});

test("in a session that is older than places, as many are let in unasked as had joined by then", () => {
  const storage = new MemoryStorage();
  storage.kv.put("joined", 2);
  const { claim } = open({ maxParticipants: 1 }, {}, storage);
  expect(claim(nameUser("a"), nameUser("b"), nameUser("c"))).toMatchObject({
    placed: [nameUser("a"), nameUser("b")],
    refusal: { code: "session_full" },
  });
});
