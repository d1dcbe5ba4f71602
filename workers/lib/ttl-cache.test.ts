import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TtlCache } from "./ttl-cache.ts";

const NOW = 1_795_180_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a value holds for its time", () => {
  const cache = new TtlCache<number>(10_000, 10);
  cache.set("a", 1);
  vi.setSystemTime(NOW + 9999);
  expect(cache.get("a")).toBe(1);
  vi.setSystemTime(NOW + 10_000);
  expect(cache.get("a")).toBeUndefined();
});

test("a value of before the clock stepped back is not believed", () => {
  const cache = new TtlCache<number>(10_000, 10);
  cache.set("a", 1);
  vi.setSystemTime(NOW - 120_000);
  expect(cache.get("a")).toBeUndefined();
  cache.set("a", 2);
  expect(cache.get("a")).toBe(2);
});

test("a value of a time that the clock has left again is not believed for longer", () => {
  const cache = new TtlCache<number>(10_000, 10);
  vi.setSystemTime(NOW + 120_000);
  cache.set("a", 1);
  vi.setSystemTime(NOW);
  expect(cache.get("a")).toBeUndefined();
  vi.setSystemTime(NOW + 120_000);
  expect(cache.get("a")).toBeUndefined();
});

test("a name that every object has is none of ours", () => {
  expect(new TtlCache<number>(10_000, 10).get("constructor")).toBeUndefined();
});

test("where a value finds no room, the oldest ones go; one that has none alone is not kept", () => {
  const cache = new TtlCache<number>(10_000, 10, (value) => value);
  const list = () => ["a", "b", "c"].filter((key) => cache.get(key) !== undefined);
  cache.set("a", 4);
  cache.set("b", 6);
  cache.set("b", 5);
  expect(list()).toEqual(["a", "b"]);
  cache.set("c", 2);
  expect(list()).toEqual(["b", "c"]);
  cache.set("a", 9);
  expect(list()).toEqual(["a"]);
  cache.set("a", 11);
  expect(list()).toEqual([]);
  cache.set("b", 10);
  cache.deleteAll("b");
  cache.set("c", 10);
  expect(list()).toEqual(["c"]);
});
