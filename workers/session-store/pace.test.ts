import { expect, test } from "vitest";
import { Pace } from "./pace.ts";

const NOW = 1_795_180_000_000;

test("what was a minute ago counts no more", () => {
  const pace = new Pace();
  for (let second = 0; second < 90; second++) pace.add(NOW + second * 1000);
  expect(pace.count(NOW + 89_000)).toBe(61);
  expect(pace.wait(NOW + 89_000)).toBe(1);
  expect(pace.count(NOW + 200_000)).toBe(0);
});

test("a clock that was put forth and back again keeps nobody waiting for longer than the window", () => {
  const pace = new Pace();
  pace.add(NOW);
  pace.add(NOW + 120_000);
  expect(pace.count(NOW + 120_000)).toBe(1);
  expect(pace.count(NOW)).toBe(0);
  pace.add(NOW);
  expect(pace.wait(NOW)).toBeLessThanOrEqual(60);
  expect(pace.count(NOW + 61_000)).toBe(0);
});

test("a clock that was put back leaves nothing to wait for", () => {
  const pace = new Pace();
  pace.add(NOW);
  expect(pace.count(NOW - 120_000)).toBe(0);
  pace.add(NOW - 120_000);
  expect(pace.count(NOW - 120_000)).toBe(1);
  expect(pace.wait(NOW - 120_000)).toBeLessThanOrEqual(61);
});
