import { expect, test } from "vitest";
import { nextTry } from "./waits.ts";

const HOUR = 60 * 60 * 1000;

/** When a message is tried that nobody takes, in milliseconds since it was tried first. */
function listTries(retryAfter?: number): number[] {
  const tries = [0];
  for (;;) {
    const next = nextTry(tries.length, 0, tries.at(-1) ?? 0, retryAfter);
    if (next === undefined) return tries;
    tries.push(next);
  }
}

test("a message is tried again after 1 s, 5 s, 30 s, 2 min, 10 min, then each hour, and given up after a day", () => {
  const tries = listTries();
  const waits = tries.slice(1).map((at, place) => at - (tries[place] ?? 0));
  expect(waits.slice(0, 7)).toEqual([1000, 5000, 30_000, 120_000, 600_000, HOUR, HOUR]);
  expect(new Set(waits.slice(5))).toEqual(new Set([HOUR]));
  expect(tries).toHaveLength(29);
  expect(tries.at(-1)).toBeLessThanOrEqual(24 * HOUR);
});

test("one whose try was late waits from then on, and is given up all the same", () => {
  expect(nextTry(1, 0, 10_000)).toBe(11_000);
  expect(nextTry(3, 0, 24 * HOUR - 30_000)).toBe(24 * HOUR);
  expect(nextTry(3, 0, 24 * HOUR)).toBeUndefined();
});

test("a receiver that asks for more time gets it, up to an hour, and never less than is waited anyway", () => {
  expect(nextTry(1, 0, 0, 7)).toBe(7000);
  expect(nextTry(3, 0, 0, 7)).toBe(30_000);
  expect(nextTry(1, 0, 0, 10 ** 9)).toBe(HOUR);
  expect(listTries(10 ** 9)).toHaveLength(25);
});
