import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createGate, NOW } from "../../test-session.ts";
import { MemoryKv } from "../../test-storage.ts";
import { AnswerEraser } from "./answer-eraser.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

function open(storage = new MemoryKv()) {
  const erased: (readonly string[])[] = [];
  const ledger = { isOut: false, settled: Promise.resolve() };
  let guards = 0;
  const eraser = new AnswerEraser({
    storage,
    settled: () => ledger.settled,
    eraseTopics: async (topics) => {
      if (ledger.isOut) throw new Error("out");
      erased.push(topics);
    },
    guard: () => {
      guards++;
    },
  });
  return { storage, eraser, ledger, erased, countGuards: () => guards };
}

test("what is on its way to the ledger arrives before its topic is erased", async () => {
  const { eraser, ledger, erased } = open();
  const gate = createGate<void>();
  ledger.settled = gate.promise;
  eraser.erase(["one"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(erased).toEqual([]);
  gate.open();
  await vi.advanceTimersByTimeAsync(0);
  expect([erased, eraser.isPending]).toEqual([[["one"]], false]);
});

test("a ledger that does not answer is asked again, also by another life of the room", async () => {
  const { storage, eraser, ledger, erased, countGuards } = open();
  ledger.isOut = true;
  eraser.erase(["one"]);
  await vi.advanceTimersByTimeAsync(2500);
  expect([erased, eraser.isPending]).toEqual([[], true]);
  expect(countGuards()).toBeGreaterThan(1);
  const again = open(storage);
  again.eraser.resume();
  await vi.advanceTimersByTimeAsync(0);
  expect(again.erased).toEqual([["one"]]);
  ledger.isOut = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect([erased, eraser.isPending]).toEqual([[], false]);
});

test("a restart leaves nothing to erase", async () => {
  const { eraser, ledger, erased } = open();
  ledger.isOut = true;
  eraser.erase(["one"]);
  await vi.advanceTimersByTimeAsync(0);
  eraser.startOver();
  ledger.isOut = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect(erased).toEqual([]);
});

test("a room that is erased meanwhile has nothing in its storage afterwards", async () => {
  const { storage, eraser, ledger } = open();
  const gate = createGate<void>();
  ledger.settled = gate.promise;
  eraser.erase(["one"]);
  await vi.advanceTimersByTimeAsync(0);
  storage.clear();
  gate.open();
  await vi.advanceTimersByTimeAsync(2000);
  expect([storage.toJSON(), eraser.isPending]).toEqual([{}, false]);
});
