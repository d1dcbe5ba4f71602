import fc from "fast-check";
import { expect, test } from "vitest";
import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { countChanges } from "./changes.ts";

const toList = (ids: string): LiveQuestion[] =>
  [...ids].map((id) => ({ id, text: id, at: 0, votes: 0, status: "published", pinned: false }));

test.each([
  ["abc", "abc", 0],
  ["abc", "abcd", 1],
  ["abc", "ac", 1],
  ["abcdef", "fabcde", 1],
  ["abcdef", "bcdefa", 1],
  ["abcd", "dcba", 3],
  ["", "ab", 2],
])("from %j to %j it takes %d", (before, after, count) => {
  expect(countChanges(toList(before), toList(after))).toBe(count);
});

test("more votes alone are no change; another state is one, and counts once where the question moves too", () => {
  const [a, b] = toList("ab");
  if (!a || !b) throw new Error("two questions");
  expect(countChanges([a, b], [{ ...a, votes: 5 }, b])).toBe(0);
  expect(countChanges([a, b], [{ ...a, status: "answered" }, b])).toBe(1);
  expect(countChanges([a, b], [b, { ...a, status: "answered" }])).toBeLessThanOrEqual(2);
});

test("it is never more than there are, and nothing where both are the same", () => {
  const ids = fc.uniqueArray(fc.constantFrom(..."abcdefgh")).map((all) => toList(all.join("")));
  fc.assert(
    fc.property(ids, ids, (before, after) => {
      const count = countChanges(before, after);
      const all = new Set([...before, ...after].map(({ id }) => id));
      expect(count).toBeLessThanOrEqual(all.size);
      const isSame = before.map(({ id }) => id).join() === after.map(({ id }) => id).join();
      expect(count === 0).toBe(isSame);
    }),
  );
});
