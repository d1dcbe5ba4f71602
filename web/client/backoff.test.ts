import { expect, test } from "vitest";
import { Backoff } from "./backoff.ts";

test("waits double from half a second to 15 seconds, and begin anew after a reset", () => {
  const backoff = new Backoff();
  for (const most of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
    const wait = backoff.next();
    expect(wait).toBeGreaterThanOrEqual(most / 2);
    expect(wait).toBeLessThanOrEqual(most);
  }
  backoff.reset();
  expect(backoff.next()).toBeLessThanOrEqual(1000);
});

test("those who were lost together don't come back together", () => {
  const waits = Array.from({ length: 100 }, () => new Backoff().next());
  expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(200);
});

test("it waits at least as long as the service asked for", () => {
  expect(new Backoff().next(60)).toBeGreaterThanOrEqual(60_000);
});

test("but no longer than two and a half minutes, whatever it asked for", () => {
  expect(new Backoff().next(10 ** 9)).toBeLessThanOrEqual(150_000);
});
