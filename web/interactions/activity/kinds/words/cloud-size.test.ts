import { expect, test } from "vitest";
import { sizeWords, type Word } from "./cloud-size.ts";

const ROOM = { width: 1024, height: 512 };
/** About what a sans-serif type has. */
const measure = (text: string) => [...text].length * 0.6;
const size = (words: readonly Word[]) => sizeWords(words, ROOM, measure);

test("who says more is larger, and a single word is not larger than its room", () => {
  const [first, second, third] = size([
    ["yes", 90],
    ["no", 30],
    ["maybe", 1],
  ]).map((word) => word.size);
  expect(first).toBeGreaterThan(second ?? 0);
  expect(second).toBeGreaterThan(third ?? 0);
  const [only] = size([["x".repeat(32), 1]]);
  expect((only?.size ?? 0) * measure("x".repeat(32))).toBeLessThanOrEqual(ROOM.width);
  expect(size([])).toEqual([]);
});

test("a hundred words of 32 characters are small enough to fit", () => {
  const words = Array.from({ length: 100 }, (_, index): Word => [String(index).padEnd(32, "w"), 100 - index]);
  const area = size(words).reduce((sum, { text, size }) => sum + measure(text) * size * size, 0);
  expect(area).toBeLessThan(ROOM.width * ROOM.height * 0.5);
});

test("one more answer changes the size of few words", () => {
  const words = Array.from({ length: 40 }, (_, index): Word => [`word ${index}`, 40 - index]);
  const before = size(words);
  const after = size(words.map(([text, count], index) => [text, index === 20 ? count + 1 : count]));
  expect(before.filter((word, index) => word.size !== after[index]?.size).length).toBeLessThanOrEqual(1);
});
