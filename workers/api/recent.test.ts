import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Recent } from "./recent.ts";

const NOW = 1_795_180_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a value holds for its time", () => {
  const recent = new Recent<number>(10_000, 10);
  recent.set("a", 1);
  vi.setSystemTime(NOW + 9999);
  expect(recent.get("a")).toBe(1);
  vi.setSystemTime(NOW + 10_000);
  expect(recent.get("a")).toBeUndefined();
});

test("a value of before the clock stepped back is not believed", () => {
  const recent = new Recent<number>(10_000, 10);
  recent.set("a", 1);
  vi.setSystemTime(NOW - 120_000);
  expect(recent.get("a")).toBeUndefined();
  recent.set("a", 2);
  expect(recent.get("a")).toBe(2);
});

test("a value of a time that the clock has left again is not believed for longer", () => {
  const recent = new Recent<number>(10_000, 10);
  vi.setSystemTime(NOW + 120_000);
  recent.set("a", 1);
  vi.setSystemTime(NOW);
  expect(recent.get("a")).toBeUndefined();
  vi.setSystemTime(NOW + 120_000);
  expect(recent.get("a")).toBeUndefined();
});

test("a name that every object has is none of ours", () => {
  expect(new Recent<number>(10_000, 10).get("constructor")).toBeUndefined();
});
