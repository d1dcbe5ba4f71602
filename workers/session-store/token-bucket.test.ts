import { expect, test } from "vitest";
import { TokenBuckets } from "./token-bucket.ts";

test("a burst, then one every 200 ms, and each participant alone", () => {
  const buckets = new TokenBuckets(5, 20);
  for (let i = 0; i < 20; i++) expect(buckets.take("a", 1000)).toBe(0);
  expect(buckets.take("a", 1000)).toBeCloseTo(0.2);
  expect(buckets.take("b", 1000)).toBe(0);
  expect(buckets.take("a", 1100)).toBeCloseTo(0.1);
  expect(buckets.take("a", 1200)).toBe(0);
  expect(buckets.take("a", 1200)).toBeGreaterThan(0);
  for (let i = 0; i < 20; i++) expect(buckets.take("a", 100_000)).toBe(0);
  expect(buckets.take("a", 100_000)).toBeGreaterThan(0);
});

test("thousands of participants do not make it forget who is over the limit", () => {
  const buckets = new TokenBuckets(5, 20);
  for (let i = 0; i < 20; i++) buckets.take("greedy", 1000);
  for (let i = 0; i < 10_000; i++) buckets.take(`p${i}`, 1000);
  expect(buckets.take("greedy", 1000)).toBeGreaterThan(0);
});

test("a crowd that comes and goes is forgotten, and each of them comes back to a full bucket", () => {
  const buckets = new TokenBuckets(5, 20);
  for (let hour = 1; hour <= 5; hour++) {
    for (let i = 0; i < 5000; i++) expect(buckets.take(`p${i}`, hour * 3_600_000)).toBe(0);
  }
  for (let i = 0; i < 20; i++) expect(buckets.take("p0", 6 * 3_600_000)).toBe(0);
  expect(buckets.take("p0", 6 * 3_600_000)).toBeGreaterThan(0);
});
