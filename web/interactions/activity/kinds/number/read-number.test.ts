import { expect, test } from "vitest";
import { readNumber } from "./read-number.ts";

test.each([
  ["7", 7],
  [" -3 ", -3],
  ["−3", -3],
  ["1,000", 1000],
  ["1.000.000", 1_000_000],
  ["12 500", 12_500],
  ["1'000", 1000],
  ["１２", 12],
  ["٤٢", 42],
  ["۴۲", 42],
])("%j is the whole number %d", (text, number) => {
  expect(readNumber(text, true)).toBe(number);
});

test.each([
  ["3,5", 3.5],
  ["3.5", 3.5],
  [".5", 0.5],
  ["1,234", 1.234],
  ["1,234.5", 1234.5],
  ["1.234,5", 1234.5],
  ["1,234,567", 1_234_567],
])("%j is the number %d", (text, number) => {
  expect(readNumber(text, false)).toBe(number);
});

test.each(["", "-", "abc", "1e9", "Infinity", "0x10", "1-2", "3,5,", "1..2", "9".repeat(400)])(
  "%j is no number",
  (text) => {
    expect(readNumber(text, false)).toBeUndefined();
  },
);
