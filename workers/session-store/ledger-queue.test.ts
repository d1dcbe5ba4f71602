import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { Batch } from "../lib/ledger.ts";
import { LedgerQueue } from "./ledger-queue.ts";

/** A queue before a ledger that keeps everything, or fails as long as it is told to. */
function open() {
  const batches: Batch[] = [];
  const ledger = { isOut: false };
  const queue = new LedgerQueue(
    async (batch) => {
      batches.push(batch);
      if (ledger.isOut) throw new Error("out");
      return {
        kept: true,
        outcomes: batch.entries.map(() => "kept"),
        previous: 0,
        seq: 1,
        topics: {},
        fence: 0,
      };
    },
    () => {},
  );
  let ids = 0;
  const react = (epoch = 1, isUrgent = false) =>
    new Promise<Refusal | undefined>((settle) => {
      const entry = { participant: "u", topic: "reaction:1", key: "x", id: `${ids++}`, mode: "add" } as const;
      queue.add({ entry, epoch, isUrgent, settle });
    });
  return { batches, ledger, queue, react, sizes: () => batches.map(({ entries }) => entries.length) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a reaction alone goes at once", async () => {
  const { react, sizes } = open();
  expect(await react()).toBeUndefined();
  expect(sizes()).toEqual([1]);
});

test("a few in a row do not wait for company", async () => {
  const { react, sizes } = open();
  for (let i = 0; i < 5; i++) await react();
  expect(sizes()).toEqual([1, 1, 1, 1, 1]);
});

test("a trickle shares its writes, and nobody waits long", async () => {
  const { react, sizes } = open();
  const waits: number[] = [];
  for (let i = 0; i < 60; i++) {
    const asked = Date.now();
    void react().then(() => waits.push(Date.now() - asked));
    await vi.advanceTimersByTimeAsync(5);
  }
  await vi.advanceTimersByTimeAsync(50);
  expect(waits).toHaveLength(60);
  expect(Math.max(...waits)).toBeLessThanOrEqual(50);
  expect(sizes().length).toBeLessThan(15);
});

test("it waits whole milliseconds: less is nothing to a timer, and the clock may stand still in one", async () => {
  const { react } = open();
  const timer = vi.spyOn(globalThis, "setTimeout");
  for (let i = 0; i < 60; i++) {
    void react();
    await vi.advanceTimersByTimeAsync(7);
  }
  const waits = timer.mock.calls.map(([, wait]) => wait ?? 0);
  expect(waits.length).toBeGreaterThan(0);
  expect(waits.filter((wait) => wait < 1 || !Number.isInteger(wait))).toEqual([]);
});

test("one that a request is open for goes at once, and takes along who waits", async () => {
  const { react, sizes } = open();
  for (let i = 0; i < 5; i++) await react();
  const waiting = react();
  await react(1, true);
  await waiting;
  expect(sizes()).toEqual([1, 1, 1, 1, 1, 2]);
});

test("with requests open, they wait for those who were there a moment ago, and no longer", async () => {
  const { react, sizes } = open();
  await Promise.all([react(1, true), react(1, true), react(1, true)]);
  const two = [react(1, true), react(1, true)];
  await vi.advanceTimersByTimeAsync(5);
  expect(sizes()).toEqual([3]);
  await Promise.all([...two, react(1, true)]);
  expect(sizes()).toEqual([3, 3]);
  const alone = react(1, true);
  await vi.advanceTimersByTimeAsync(20);
  await alone;
  await react(1, true);
  expect(sizes()).toEqual([3, 3, 1, 1]);
});

test("many do not wait for more, and a batch keeps its limit", async () => {
  const { react, sizes } = open();
  await react();
  await Promise.all(Array.from({ length: LIMITS.batchReactions + 20 }, () => react()));
  expect(sizes()).toEqual([1, LIMITS.batchReactions, 20]);
});

test("a batch is of one epoch", async () => {
  const { react, batches } = open();
  await react();
  await Promise.all([react(1), react(1), react(2)]);
  expect(batches.map(({ epoch, entries }) => [epoch, entries.length])).toEqual([
    [1, 1],
    [1, 2],
    [2, 1],
  ]);
});

test("when the ledger is out, everyone who waits hears it, and the next try succeeds", async () => {
  const { react, ledger, queue } = open();
  ledger.isOut = true;
  const answers = await Promise.all(Array.from({ length: 30 }, () => react()));
  expect(new Set(answers.map((refusal) => refusal?.code))).toEqual(new Set(["unavailable"]));
  ledger.isOut = false;
  expect(await react()).toBeUndefined();
  await queue.idle();
});

test("what was there when somebody asked is settled, however many come after it", async () => {
  const { react, queue } = open();
  await queue.settled();
  let isOver = false;
  const busy = (async () => {
    while (!isOver) await react();
  })();
  let isKept = false;
  const mine = react().then(() => {
    isKept = true;
  });
  await queue.settled();
  expect(isKept).toBe(true);
  isOver = true;
  await Promise.all([busy, mine]);
});

test("when the clock is put back, nobody with a request open waits for it to come back", async () => {
  const { react, sizes } = open();
  await Promise.all([react(1, true), react(1, true)]);
  vi.setSystemTime(Date.now() - 120_000);
  const alone = react(1, true);
  await vi.advanceTimersByTimeAsync(40);
  expect(sizes()).toEqual([2, 1]);
  await alone;
});
