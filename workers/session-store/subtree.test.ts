import { expect, test } from "vitest";
import { ChildRooms } from "./child-rooms.ts";
import { LedgerMirror } from "./ledger-mirror.ts";
import { RoomCounts } from "./room-counts.ts";
import { type ChildReport, NO_REVISIONS, type SessionUpdate } from "./room-message.ts";
import { Subtree } from "./subtree.ts";
import { MemoryLedger } from "./test-ledger.ts";
import { beginSession, createFacts, createGate, NOW, restart, settle } from "./test-session.ts";
import { MemoryKv } from "./test-storage.ts";

/** Room 1, whose ledger holds one reaction, with room 3 below it, which has counted two. */
async function open() {
  const storage = new MemoryKv();
  storage.put("children", [3]);
  const state = beginSession(createFacts(), storage);
  const ledger = new MemoryLedger();
  await ledger.append({
    epoch: NOW,
    entries: [{ participant: "a", id: "1", topic: "t", key: "x", mode: "add" }],
  });
  const counts = new RoomCounts(false);
  const mirror = new LedgerMirror({
    ledger,
    state,
    onCounts: (topics, whole) => counts.replaceOwn(topics, whole),
  });
  const report: ChildReport = {
    epoch: NOW,
    version: 0,
    mark: { life: "3", revision: 1 },
    since: 0,
    seq: 10,
    latest: 10,
    topics: { t: { x: 2 } },
    number: 1,
    people: { 3: 4, 7: 1 },
    bursts: [],
  };
  const child = { answer: async () => report, recounted: [] as SessionUpdate[] };
  const children = new ChildRooms({
    storage,
    state,
    counts,
    getRoom: () => ({
      applyUpdate: async () => {},
      report: () => child.answer(),
      recount: (session) => {
        child.recounted.push(session);
        return child.answer();
      },
      sumScores: async () => ({ questions: "[]", people: {}, best: [] }),
      followed: async () => {},
      erase: async () => {},
    }),
    getSession: () => state.update,
    getRevisions: () => NO_REVISIONS,
    getCounts: () => ({ epoch: NOW, number: 0, isWhole: false, topics: {}, total: 0, people: 0 }),
    becomeReady: async () => {},
    onCounts: () => {},
    onPeople: () => {},
  });
  const queue = { settled: () => Promise.resolve() };
  let completed = 0;
  const subtree = new Subtree({
    room: 1,
    state,
    counts,
    mirror,
    children,
    getSession: () => state.update,
    settled: () => queue.settled(),
    countPeople: () => 2,
    onComplete: () => {
      completed++;
    },
  });
  return { state, ledger, counts, mirror, child, queue, report, subtree, countCompleted: () => completed };
}

test("is complete when its ledger and every room below have said what they have, and says so once", async () => {
  const { subtree, counts, ledger, countCompleted } = await open();
  expect(subtree.isComplete).toBe(false);
  await Promise.all([subtree.becomeComplete(), subtree.becomeComplete()]);
  await subtree.becomeComplete();
  expect([subtree.isComplete, counts.subtree.toJSON(), countCompleted()]).toEqual([true, { t: { x: 3 } }, 1]);
  expect(ledger.calls.filter((call) => call === "totals")).toHaveLength(1);
});

test.each(["ledger", "child"] as const)(
  "is not complete while the %s does not answer, and is asked again",
  async (part) => {
    const { subtree, ledger, child, report } = await open();
    const fail = () => Promise.reject(new Error("out"));
    if (part === "ledger") ledger.before.totals = fail;
    else child.answer = fail;
    await expect(subtree.becomeComplete()).rejects.toThrow("out");
    expect(subtree.isComplete).toBe(false);
    delete ledger.before.totals;
    child.answer = async () => report;
    await subtree.becomeComplete();
    expect(subtree.isComplete).toBe(true);
  },
);

test.each([
  ["restarted", (room: Awaited<ReturnType<typeof open>>) => restart(room.state)],
  ["erased", (room: Awaited<ReturnType<typeof open>>) => room.state.clear()],
])("is not complete where the session was %s meanwhile", async (_, act) => {
  const room = await open();
  const gate = createGate<void>();
  room.child.answer = () => gate.promise.then(() => room.report);
  const completing = room.subtree.becomeComplete();
  act(room);
  gate.open();
  await completing;
  expect([room.subtree.isComplete, room.countCompleted()]).toEqual([false, 0]);
});

test("is to become complete anew after a restart", async () => {
  const { subtree } = await open();
  await subtree.becomeComplete();
  subtree.startOver();
  expect(subtree.isComplete).toBe(false);
});

test("reports what it and all below it have counted, and who is there", async () => {
  const { subtree, ledger, mirror, counts } = await open();
  await subtree.becomeComplete();
  const bursts = [{ participant: "a", page: "1", reaction: "x", count: 1 }];
  const report = subtree.getReport(undefined, bursts);
  expect(report).toEqual({
    epoch: NOW,
    version: 0,
    mark: counts.getSnapshot(undefined).mark,
    since: 0,
    seq: ledger.seq + 10,
    latest: mirror.seq,
    topics: { t: { x: 3 } },
    number: report.number,
    people: { 1: 2, 3: 4, 7: 1 },
    bursts,
  });
  expect(subtree.getReport(undefined).number).toBeGreaterThan(report.number);
  expect(subtree.latest).toBe(ledger.seq);
});

test("counts anew what came behind its back, here and below, once nothing is on its way to the ledger", async () => {
  const { subtree, ledger, child, queue, counts, state } = await open();
  await subtree.becomeComplete();
  const gate = createGate<void>();
  queue.settled = () => gate.promise;
  const recounting = subtree.recount();
  await ledger.append({
    epoch: NOW,
    entries: [{ participant: "a", id: "2", topic: "t", key: "y", mode: "add" }],
  });
  await settle();
  expect(counts.subtree.get("t", "y")).toBe(0);
  gate.open();
  await recounting;
  expect(counts.subtree.toJSON()).toEqual({ t: { x: 3, y: 1 } });
  expect(child.recounted).toEqual([state.update]);
  expect(ledger.calls).not.toContain("seal");
});

test("counted anew after the end, its ledger is sealed in that epoch", async () => {
  const { subtree, ledger, state } = await open();
  state.change({ endedAt: NOW }, NOW);
  await subtree.recount();
  expect(ledger.sealed).toBe(NOW);
});

test("can't be counted anew where there is no session, or where one below does not answer", async () => {
  const { subtree, child, state } = await open();
  child.answer = () => Promise.reject(new Error("out"));
  await expect(subtree.recount()).rejects.toThrow("out");
  state.clear();
  await expect(subtree.recount()).rejects.toThrow();
});
