import { expect, test } from "vitest";
import { answer, person } from "./nouns.ts";
import { label, number, plural, pluralOf } from "./plural.ts";

test.each([
  [0, "0 شخص"],
  [1, "شخص واحد"],
  [2, "شخصان"],
  [3, "3 أشخاص"],
  [10, "10 أشخاص"],
  [11, "11 شخصًا"],
  [99, "99 شخصًا"],
  [100, "100 شخص"],
  [103, "103 أشخاص"],
  [1234, "1,234 شخصًا"],
  [1.5, "1.5 شخص"],
])("%d people are %s", (count, expected) => {
  expect(plural(count, person)).toBe(expected);
});

test("after a preposition, two take the other form, and all else stays", () => {
  expect(pluralOf(2, answer)).toBe("إجابتين");
  expect([0, 1, 3, 11, 100].map((count) => pluralOf(count, answer))).toEqual(
    [0, 1, 3, 11, 100].map((count) => plural(count, answer)),
  );
});

test("beside a number that is shown apart from it, a noun says no number", () => {
  expect([0, 1, 2, 3, 11, 100].map((count) => label(count, person))).toEqual([
    "شخص",
    "شخص",
    "شخص",
    "أشخاص",
    "شخصًا",
    "شخص",
  ]);
});

test("digits are those of the pages", () => {
  expect(number(1_234_567)).toBe("1,234,567");
});
