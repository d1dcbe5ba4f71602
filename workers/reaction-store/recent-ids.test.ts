import { expect, test } from "vitest";
import { hashText, RecentIds } from "./recent-ids.ts";

const HOUR_MS = 3_600_000;

test("finds the batches of 100,000 ids, and none for others", () => {
  const recent = new RecentIds();
  for (let i = 0; i < 100_000; i++) recent.add(`${i % 2000} id-${i}`, 1_000_000 + Math.floor(i / 100));
  for (let i = 0; i < 100_000; i += 997) {
    expect([...recent.find(`${i % 2000} id-${i}`)]).toContain(1_000_000 + Math.floor(i / 100));
  }
  const strangers = Array.from({ length: 10_000 }, (_, i) => [...recent.find(`stranger ${i}`)].length);
  expect(Math.max(...strangers)).toBe(0);
});

test("forgets by the hour, never what is younger than asked", () => {
  const recent = new RecentIds();
  recent.add("old", 0);
  recent.add("middle", HOUR_MS);
  recent.add("young", 2 * HOUR_MS);
  recent.forgetBefore(HOUR_MS);
  expect([...recent.find("old")]).toEqual([]);
  expect([...recent.find("middle")]).toEqual([HOUR_MS]);
  expect([...recent.find("young")]).toEqual([2 * HOUR_MS]);
});

test("similar ids have different hashes", () => {
  const hashes = new Set<number>();
  const seed = new Uint32Array(2);
  for (let i = 0; i < 200_000; i++) hashes.add(hashText(`${i} ${i}`, seed));
  expect(hashes.size).toBe(200_000);
  for (const hash of hashes) expect(Number.isSafeInteger(hash) && hash > 0).toBe(true);
});

test("an id has another hash under another seed", () => {
  const seeds = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
    [0xffff_ffff, 0x8000_0000],
  ];
  for (const id of ["", "1 a", "7 tap-17"]) {
    expect(new Set(seeds.map((seed) => hashText(id, new Uint32Array(seed)))).size).toBe(seeds.length);
  }
});
