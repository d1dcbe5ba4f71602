import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SharedTimer } from "./shared-timer.ts";
import { Throttle } from "./throttle.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A timer, and when each that it was given ran, in milliseconds from now. */
function create() {
  const timer = new SharedTimer();
  const start = Date.now();
  const runs: [string, number][] = [];
  const set = (name: string, waitMs: number) =>
    timer.set(waitMs, () => runs.push([name, Date.now() - start]));
  return { timer, runs, set };
}

test("each runs once when it is due, whichever was set first", async () => {
  const { runs, set } = create();
  set("late", 300);
  set("soon", 100);
  set("later", 400);
  await vi.advanceTimersByTimeAsync(1000);
  expect(runs).toEqual([
    ["soon", 100],
    ["late", 300],
    ["later", 400],
  ]);
});

test("what is due together has one wake, and where nothing is due there is no timer", async () => {
  const { runs, set } = create();
  const wakes = vi.spyOn(globalThis, "setTimeout");
  for (const name of ["one", "two", "three"]) set(name, 100);
  expect([wakes.mock.calls.length, vi.getTimerCount()]).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(100);
  expect([runs.length, wakes.mock.calls.length, vi.getTimerCount()]).toEqual([3, 1, 0]);
});

test("what one of them sets is not late", async () => {
  const { timer, runs, set } = create();
  timer.set(100, () => set("next", 50));
  set("far", 1000);
  await vi.advanceTimersByTimeAsync(2000);
  expect(runs).toEqual([
    ["next", 150],
    ["far", 1000],
  ]);
});

test("turns at one pace go on in one wake each", async () => {
  const timer = new SharedTimer();
  const turns = [vi.fn(), vi.fn()];
  const throttles = turns.map((turn) => new Throttle(1000, turn, timer));
  const wakes = vi.spyOn(globalThis, "setTimeout");
  for (let round = 0; round < 5; round++) {
    for (const throttle of throttles) throttle.schedule();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(turns.map((turn) => turn.mock.calls.length)).toEqual([5, 5]);
  expect(wakes).toHaveBeenCalledTimes(5);
});

test("nobody waits longer than was said, though the clock is put back", async () => {
  const { runs, set } = create();
  set("soon", 100);
  set("late", 200);
  vi.setSystemTime(Date.now() - 3_600_000);
  await vi.advanceTimersByTimeAsync(300);
  expect(runs.map(([name]) => name)).toEqual(["soon", "late"]);
});
