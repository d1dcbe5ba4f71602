import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

test("a burst goes at once, and then so many a second", () => {
  const bucket = new TokenBucket(5, 3, 0);
  expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0]);
  expect(bucket.take(0)).toBe(200);
  expect(bucket.take(200)).toBe(0);
  expect(bucket.take(200)).toBe(200);
});

test("it never holds more than a burst, and can be emptied", () => {
  const bucket = new TokenBucket(5, 3, 0);
  for (let taken = 0; taken < 3; taken++) expect(bucket.take(60_000)).toBe(0);
  expect(bucket.take(60_000)).toBeGreaterThan(0);
  bucket.empty(120_000);
  expect(bucket.take(120_000)).toBe(200);
});

test("a clock that steps back costs nothing, and makes nobody wait longer", () => {
  const bucket = new TokenBucket(5, 3, 120_000);
  for (let taken = 0; taken < 3; taken++) expect(bucket.take(120_000)).toBe(0);
  expect(bucket.take(0)).toBe(200);
  expect(bucket.take(200)).toBe(0);
});
