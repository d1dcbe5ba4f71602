import { expect, test } from "vitest";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { countPeople, createRanks, mergeSums, sumUp } from "./sums.ts";

const scored = (participant: string | null, points: number) => ({ participant, points });

test("what rooms have adds up, and the best of all are found among the best of each", () => {
  const first = sumUp("q", [scored("a", 1000), scored(null, 500), scored("c", 0)]);
  const second = sumUp("q", [scored("d", 2000), scored("e", 500)]);
  const all = mergeSums("q", [first, second, sumUp("q", [])]);
  expect(all.people).toEqual({ 2000: 1, 1000: 1, 500: 2, 0: 1 });
  expect(countPeople(all.people)).toBe(5);
  expect(all.best.map(({ points }) => points)).toEqual([2000, 1000, 500, 500, 0]);
  expect(all.best[0]).toEqual(scored("d", 2000));
});

test("what is of other questions does not add up", () => {
  expect(() => mergeSums("q", [sumUp("q", []), sumUp("r", [])])).toThrow("different questions");
});

test("no more are handed on than a ranking lists, and of equals always the same", () => {
  const many = Array.from({ length: 300 }, (_, index) => scored(String(index).padStart(3, "0"), index % 2));
  const { best } = sumUp("q", many);
  expect(best).toHaveLength(LIMITS.ranked);
  expect(sumUp("q", [...many].reverse()).best).toEqual(best);
});

test("equal points share a rank, and the next rank counts on", () => {
  const getRank = createRanks({ 0: 2, 500: 1, 1000: 2, 2000: 1 });
  expect([2000, 1000, 500, 0].map(getRank)).toEqual([1, 2, 4, 5]);
  // Who was not among them when they were counted.
  expect([3000, 700].map(getRank)).toEqual([1, 4]);
});
