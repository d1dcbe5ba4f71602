import { expect, test } from "vitest";
import { SecondCounts } from "./second-counts.ts";

const START = 1_795_180_000_250;

test("adds up to buckets of any length, per topic", () => {
  const counts = new SecondCounts();
  for (const second of [0, 0, 1, 7, 8]) counts.add("r:1", START + second * 1000);
  counts.add("r:2", START + 9000);
  expect(counts.sum("r", 1000)).toEqual([
    { at: 1_795_180_000_000, topic: "r:1", count: 2 },
    { at: 1_795_180_001_000, topic: "r:1", count: 1 },
    { at: 1_795_180_007_000, topic: "r:1", count: 1 },
    { at: 1_795_180_008_000, topic: "r:1", count: 1 },
    { at: 1_795_180_009_000, topic: "r:2", count: 1 },
  ]);
  expect(counts.sum("r", 5000)).toEqual([
    { at: 1_795_180_000_000, topic: "r:1", count: 3 },
    { at: 1_795_180_005_000, topic: "r:1", count: 2 },
    { at: 1_795_180_005_000, topic: "r:2", count: 1 },
  ]);
  expect(counts.sum("other", 1000)).toEqual([]);
  expect(new SecondCounts().sum("r", 1000)).toEqual([]);
});

test("where they become too many, keeps them by twos and fours, and loses none", () => {
  const counts = new SecondCounts(100);
  for (let second = 0; second < 1000; second++) {
    for (const topic of ["r:1", "r:2"]) counts.add(topic, START + second * 1000);
  }
  const fine = counts.sum("r", 1000);
  expect(fine.length).toBeLessThanOrEqual(100);
  const seconds = new Set(fine.map(({ at }) => at));
  for (const topic of ["r:1", "r:2"]) {
    const own = fine.filter((each) => each.topic === topic);
    expect(own.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
    expect(Math.max(...own.map(({ count }) => count))).toBe(32);
    expect(own.map(({ at }) => at)).toEqual([...seconds]);
  }
  // At most a step of 32 seconds is told in the bucket beside its own.
  for (const { count } of counts.sum("r", 100_000).slice(1, 9))
    expect(Math.abs(count - 100)).toBeLessThanOrEqual(32);
});
