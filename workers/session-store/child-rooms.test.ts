import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ChildRooms } from "./child-rooms.ts";
import { RoomCounts } from "./room-counts.ts";
import { type ChildReport, type CountsUpdate, NO_REVISIONS, type ParentUpdate } from "./room-message.ts";
import { beginSession, changeRules, createFacts, createGate, NOW, restart, show } from "./test-session.ts";
import { MemoryKv } from "./test-storage.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const createReport = (more: Partial<ChildReport> = {}): ChildReport => ({
  epoch: NOW,
  version: 0,
  mark: { life: "1", revision: 1 },
  since: 0,
  seq: 1,
  latest: 1,
  topics: { t: { x: 1 } },
  number: 1,
  people: {},
  bursts: [],
  ...more,
});

/** The children of a root, in whose place stand rooms that note what they hear, and answer as they are told. */
function open(storage = new MemoryKv()) {
  const state = beginSession(createFacts(), storage);
  const counts = new RoomCounts(true);
  const heard: [room: number, ParentUpdate][] = [];
  const erased: number[] = [];
  const changed: string[][] = [];
  const people: Readonly<Record<number, number>>[] = [];
  const root = { isComplete: true, completing: Promise.resolve<unknown>(undefined) };
  const room = {
    isOut: false,
    report: createReport(),
    waits: Promise.resolve(),
    asked: [] as string[],
  };
  const answer = async <T>(what: string, value: T): Promise<T> => {
    room.asked.push(what);
    await room.waits;
    if (room.isOut) throw new Error("out");
    return value;
  };
  const children = new ChildRooms({
    storage,
    state,
    counts,
    getRoom: (number) => ({
      applyUpdate: (update) => {
        heard.push([number, update]);
        return answer(`apply ${number}`, undefined);
      },
      report: () => answer(`report ${number}`, room.report),
      recount: () => answer(`recount ${number}`, room.report),
      sumScores: () => answer(`sum ${number}`, { questions: "[]", people: {}, best: [] }),
      followed: () => answer(`followed ${number}`, undefined),
      erase: async () => {
        await answer(`erase ${number}`, undefined);
        erased.push(number);
      },
    }),
    getSession: () => state.update,
    getRevisions: () => NO_REVISIONS,
    getCounts: (topics): CountsUpdate => ({
      epoch: state.epoch,
      number: 1,
      isWhole: topics === "whole" && root.isComplete,
      topics: topics === "whole" ? counts.everywhere.toJSON() : counts.everywhere.pick(topics),
      total: 0,
      people: 0,
    }),
    becomeReady: () =>
      root.completing.then(() => {
        root.isComplete = true;
      }),
    onCounts: (topics) => changed.push(topics),
    onPeople: (news) => people.push(news),
  });
  return { storage, state, counts, heard, erased, changed, people, root, room, children };
}

describe("what they hear", () => {
  test("goes to all of them, or to one alone", async () => {
    const { children, heard } = open();
    for (const room of [1, 2]) children.add(room);
    children.enqueue([]);
    children.enqueue([], 2);
    await children.settled();
    expect(heard.map(([room]) => room)).toEqual([1, 2, 2]);
  });

  test("holds the session until they have confirmed it, and again whenever it has changed", async () => {
    const { children, heard, state } = open();
    children.add(1);
    const tell = async () => {
      children.enqueue(["t"]);
      await children.settled();
      return heard.at(-1)?.[1].session;
    };
    expect(await tell()).toEqual(state.update);
    expect(await tell()).toBeUndefined();
    show(state, "1");
    expect(await tell()).toEqual(state.update);
    changeRules(state, { paused: true });
    expect(await tell()).toEqual(state.update);
    expect(await tell()).toBeUndefined();
    children.enqueue("whole");
    await children.settled();
    expect(heard.at(-1)?.[1].session).toEqual(state.update);
  });

  test("is once more the same after one could not be reached, and then everything, the session too", async () => {
    const { children, heard, room, state } = open();
    children.add(1);
    children.enqueue([]);
    await children.settled();
    room.isOut = true;
    children.enqueue(["t"]);
    await vi.advanceTimersByTimeAsync(0);
    expect([heard.at(-1)?.[1].session, children.isBehind]).toEqual([undefined, true]);
    await vi.advanceTimersByTimeAsync(100);
    expect(heard.at(-1)?.[1]).toMatchObject({
      session: undefined,
      counts: { isWhole: false, topics: { t: {} } },
    });
    room.isOut = false;
    await vi.advanceTimersByTimeAsync(200);
    expect(heard.at(-1)?.[1]).toMatchObject({ session: state.update, counts: { isWhole: true } });
    expect(children.isBehind).toBe(false);
  });

  test("holds a session that changes while it is on its way only once that is confirmed too", async () => {
    const { children, heard, room, state } = open();
    children.add(1);
    const gate = createGate<void>();
    room.waits = gate.promise;
    children.enqueue([]);
    await vi.advanceTimersByTimeAsync(0);
    show(state, "1");
    children.enqueue([]);
    gate.open();
    await children.settled();
    expect(heard.map(([, { session }]) => session?.deck.page)).toEqual(["0", "1"]);
  });

  test("is not kept waiting for counts that are not known yet: they follow when they are", async () => {
    const { children, heard, root, state } = open();
    children.add(1);
    const gate = createGate<unknown>();
    Object.assign(root, { isComplete: false, completing: gate.promise });
    children.enqueue("whole");
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard).toMatchObject([[1, { session: state.update, counts: { isWhole: false } }]]);
    expect(children.isBehind).toBe(true);
    gate.open(undefined);
    await vi.advanceTimersByTimeAsync(100);
    expect(heard.at(-1)?.[1].counts.isWhole).toBe(true);
    expect([heard.length, children.isBehind]).toEqual([2, false]);
  });

  test("is nothing where there is no session any more", async () => {
    const { children, heard, state } = open();
    children.add(1);
    state.clear();
    children.enqueue("whole");
    await children.settled();
    expect(heard).toEqual([]);
  });
});

describe("what they report", () => {
  test("replaces what they reported before, and says which topics have changed", () => {
    const { children, counts, changed } = open();
    for (const room of [1, 2]) children.add(room);
    children.takeReport(1, createReport());
    children.takeReport(2, createReport({ topics: { t: { x: 2 } } }));
    children.takeReport(1, createReport({ seq: 2, topics: { u: { y: 1 } } }));
    children.takeReport(1, createReport({ seq: 2, topics: { u: { y: 1 } } }));
    expect(counts.subtree.toJSON()).toEqual({ t: { x: 2 }, u: { y: 1 } });
    expect(changed).toEqual([["t"], ["t"], ["u", "t"]]);
  });

  test("is summed up: sequence numbers, the newest entry, and people by room", () => {
    const { children } = open();
    for (const room of [1, 2]) children.add(room);
    children.takeReport(1, createReport({ seq: 5, latest: 5, people: { 1: 3, 3: 1 } }));
    children.takeReport(2, createReport({ seq: 7, latest: 4, people: { 2: 2 } }));
    expect([children.seq, children.latest, children.countPeople()]).toEqual([12, 5, 6]);
    expect(children.people).toEqual({ 1: 3, 2: 2, 3: 1 });
  });

  test.each([
    ["an earlier epoch", { epoch: NOW - 1, seq: 9 }],
    ["a later epoch", { epoch: NOW + 1, seq: 9 }],
    ["an older sequence number", { seq: 4 }],
  ])("counts for nothing with %s", (_, more) => {
    const { children, counts, changed } = open();
    children.add(1);
    children.takeReport(1, createReport({ seq: 5 }));
    children.takeReport(1, createReport({ topics: { t: { x: 9 } }, ...more }));
    expect([counts.subtree.toJSON(), children.seq, changed.length]).toEqual([{ t: { x: 1 } }, 5, 1]);
  });

  test("says nothing of people where a newer report has overtaken it", () => {
    const { children, people } = open();
    children.add(1);
    children.takeReport(1, createReport({ number: 2, people: { 1: 3 } }));
    children.takeReport(1, createReport({ number: 1, people: { 1: 5 } }));
    expect([children.people, people]).toEqual([{ 1: 3 }, [{ 1: 3 }]]);
  });

  test("says how many people there are, also where its counts are too old; once for each change", () => {
    const { children, people } = open();
    children.add(1);
    children.takeReport(1, createReport({ epoch: NOW - 1, people: { 1: 2 } }));
    children.takeReport(1, createReport({ people: { 1: 2 } }));
    children.takeReport(1, createReport({ people: { 1: 0 } }));
    expect(people).toEqual([{ 1: 2 }, { 1: 0 }]);
  });

  test("names what has changed since the report before; of one that is not known here nothing is taken", async () => {
    const { children, counts, room, state } = open();
    children.add(1);
    const [first, second, third] = [1, 2, 3].map((revision) => ({ life: "1", revision }));
    if (!first || !second || !third || !state.update) throw new Error("there are three");
    children.takeReport(1, createReport({ mark: first, topics: { t: { x: 1 }, u: { y: 1 } } }));
    children.takeReport(1, createReport({ mark: third, since: 2, topics: { t: { x: 9 } }, seq: 3 }));
    expect([counts.subtree.toJSON(), children.seq]).toEqual([{ t: { x: 1 }, u: { y: 1 } }, 1]);
    room.report = createReport({ mark: third, since: 2, topics: { t: { x: 9 } }, seq: 3 });
    await expect(children.recount(state.update)).rejects.toThrow("missed");
    room.report = createReport({ mark: second, since: 1, topics: { t: {} }, seq: 2 });
    await children.recount(state.update);
    expect([counts.subtree.toJSON(), counts.getHeard(1)]).toEqual([{ u: { y: 1 } }, second]);
  });

  test("is taken of none that is not a child", () => {
    const { children, counts } = open();
    expect(children.takeReport(1, createReport())).toBe(false);
    expect(counts.subtree.total).toBe(0);
  });

  test("is asked for, once, of those that have not reported since this room started", async () => {
    const storage = new MemoryKv();
    open(storage).children.add(1);
    const { children, room, counts } = open(storage);
    children.add(2);
    expect(children.isEmpty).toBe(false);
    await children.ensureKnown();
    await children.ensureKnown();
    expect(room.asked).toEqual(["report 1"]);
    expect(counts.subtree.total).toBe(1);
  });

  test("throws where one does not answer, and is asked for again", async () => {
    const storage = new MemoryKv();
    open(storage).children.add(1);
    const { children, room } = open(storage);
    room.isOut = true;
    await expect(children.ensureKnown()).rejects.toThrow("out");
    room.isOut = false;
    await children.ensureKnown();
    expect(room.asked).toEqual(["report 1", "report 1"]);
  });

  test("is not asked for where the child has reported by itself", async () => {
    const storage = new MemoryKv();
    open(storage).children.add(1);
    const { children, room } = open(storage);
    children.takeReport(1, createReport());
    await children.ensureKnown();
    expect(room.asked).toEqual([]);
  });

  test("counts for nothing where the session was restarted, or erased, while it was asked for", async () => {
    const { children, room, counts, state } = open();
    children.add(1);
    const gate = createGate<void>();
    room.waits = gate.promise;
    const recounting = state.update && children.recount(state.update);
    restart(state);
    gate.open();
    await recounting;
    expect(counts.subtree.total).toBe(0);

    room.report = createReport({ epoch: state.epoch });
    const again = state.update && children.recount(state.update);
    children.clear();
    await again;
    expect(counts.subtree.total).toBe(0);
  });
});

describe("erasing them", () => {
  test("waits for what is on its way, since it would be heard by who comes after", async () => {
    const { children, room, erased } = open();
    for (const child of [1, 2]) children.add(child);
    const gate = createGate<void>();
    room.waits = gate.promise;
    children.enqueue([], 1);
    const erasing = children.erase();
    await vi.advanceTimersByTimeAsync(0);
    expect(room.asked).toEqual(["apply 1"]);
    gate.open();
    await erasing;
    expect(erased).toEqual([1, 2]);
  });

  test("throws where one does not answer, and all of them are asked again", async () => {
    const { children, room, erased } = open();
    children.add(1);
    room.isOut = true;
    await expect(children.erase()).rejects.toThrow("out");
    room.isOut = false;
    await children.erase();
    expect(erased).toEqual([1]);
    children.clear();
    expect(children.isEmpty).toBe(true);
  });
});

test("they are remembered for good", () => {
  const { storage, children } = open();
  for (const room of [2, 1, 2]) children.add(room);
  expect(storage.get("children")).toEqual([2, 1]);
});
