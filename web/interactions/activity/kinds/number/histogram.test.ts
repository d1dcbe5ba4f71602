import { expect, test } from "vitest";
import { createBins, isIn } from "./histogram.ts";

const count = (...numbers: number[]) => {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
};

const countIn = (numbers: ReadonlyMap<number, number>) =>
  createBins(numbers).map((bin) =>
    [...numbers].filter(([number]) => isIn(bin, number)).reduce((sum, [, times]) => sum + times, 0),
  );

const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);

test("a few numbers have a column each, smallest first", () => {
  expect(createBins(count(7, 3, 3, -1))).toEqual([
    { from: -1, to: -1 },
    { from: 3, to: 3 },
    { from: 7, to: 7 },
  ]);
  expect(createBins(count())).toEqual([]);
});

test("many are put together, and each stands in exactly one column", () => {
  const numbers = count(...Array.from({ length: 100 }, (_, index) => index * 1.7));
  const bins = createBins(numbers);
  expect(bins.length).toBeLessThanOrEqual(11);
  expect(bins[0]).toEqual({ from: 0, to: 20 });
  expect(sum(countIn(numbers))).toBe(100);
});

test("a number that is far away makes no single column of all others", () => {
  const numbers = count(1e12, -5e9, ...Array.from({ length: 60 }, (_, index) => 40 + index));
  const counts = countIn(numbers);
  expect(sum(counts)).toBe(62);
  expect(Math.max(...counts)).toBeLessThan(20);
  const bins = createBins(numbers);
  expect(bins[0]?.from).toBe(Number.NEGATIVE_INFINITY);
  expect(bins.at(-1)?.to).toBe(Number.POSITIVE_INFINITY);
});

test("when most say the same, all others are still somewhere", () => {
  const same = new Array<number>(50).fill(42);
  const numbers = count(...same, ...Array.from({ length: 20 }, (_, index) => index * 1000));
  expect(sum(countIn(numbers))).toBe(70);
  expect(createBins(numbers).length).toBeLessThanOrEqual(11);
});

test("tiny and negative steps are read easily, too", () => {
  const numbers = count(...Array.from({ length: 30 }, (_, index) => -0.3 + index * 0.01));
  expect(sum(countIn(numbers))).toBe(30);
  for (const { from } of createBins(numbers)) expect(String(from).length).toBeLessThan(8);
});
