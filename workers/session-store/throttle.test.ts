import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createGate } from "./test-session.ts";
import { Throttle } from "./throttle.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A throttle of a second, and when it ran, in milliseconds from now. */
function create(work: () => void | Promise<void> = () => {}) {
  const start = Date.now();
  const runs: number[] = [];
  const throttle = new Throttle(1000, () => {
    runs.push(Date.now() - start);
    return work();
  });
  return { throttle, runs };
}

test("the first after a quiet time runs at once, and those that follow share the next turn", async () => {
  const { throttle, runs } = create();
  throttle.schedule();
  await vi.advanceTimersByTimeAsync(10);
  for (let i = 0; i < 5; i++) throttle.schedule();
  await vi.advanceTimersByTimeAsync(5000);
  expect(runs).toEqual([0, 1000]);
});

test("it has no timer while nothing is scheduled, so that the object can hibernate", async () => {
  const { throttle } = create();
  expect([throttle.isPending, vi.getTimerCount()]).toEqual([false, 0]);
  throttle.schedule();
  expect(throttle.isPending).toBe(true);
  await vi.advanceTimersByTimeAsync(0);
  expect([throttle.isPending, vi.getTimerCount()]).toEqual([false, 0]);
});

test("what is scheduled while it runs has the turn after it, and two turns never overlap", async () => {
  const gate = createGate<void>();
  const { throttle, runs } = create(() => gate.promise);
  throttle.schedule();
  await vi.advanceTimersByTimeAsync(0);
  throttle.schedule();
  await vi.advanceTimersByTimeAsync(3000);
  expect(runs).toEqual([0]);
  expect(throttle.isPending).toBe(true);
  gate.open();
  await vi.advanceTimersByTimeAsync(0);
  expect(runs).toEqual([0, 3000]);
});

test("a clock that was put back makes nobody wait longer than the interval", async () => {
  let runs = 0;
  const throttle = new Throttle(1000, () => {
    runs++;
  });
  throttle.schedule();
  await vi.advanceTimersByTimeAsync(0);
  vi.setSystemTime(Date.now() - 3_600_000);
  throttle.schedule();
  await vi.advanceTimersByTimeAsync(1000);
  expect(runs).toBe(2);
});
