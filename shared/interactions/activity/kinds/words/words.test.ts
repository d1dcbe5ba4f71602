import * as fc from "fast-check";
import { expect, test } from "vitest";
import { foldWord, type Words, words } from "./words.ts";

const one: Words = { kind: "words", prompt: "One word", words: 1, show: "live", change: true };

test.each([
  ["Café", ["CAFÉ ", "café!", "cafe\u0301", "𝐂afé", "ca\u200Bfé", "\u202Ecafé"]],
  ["❤", ["❤️", "❤\uFE0E"]],
  ["ok", ["OK", "ｏｋ", "𝗢𝗞", "o\u0001k"]],
])("%s is the same word as %j", (word, others) => {
  expect(others.map(foldWord)).toEqual(others.map(() => foldWord(word)));
});

test("what is shown is folded to itself, whatever was written: so it can be hidden", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 12 }), (word) => {
      expect(foldWord(foldWord(word))).toBe(foldWord(word));
    }),
    { numRuns: 3000 },
  );
  for (let code = 0; code < 0x2_0000; code++) {
    const word = `a${String.fromCodePoint(code)}a`;
    if (word.isWellFormed() && foldWord(foldWord(word)) !== foldWord(word)) expect.fail(code.toString(16));
  }
});

test.each(["", " ", "\uFE0F", "\u200B", "\u202E\u2060", "\u3164", "\u200D"])("%j is no word", (word) => {
  expect(words.accept(one, [word])).toBeUndefined();
});

test("punctuation alone is a word, and so is a flag", () => {
  expect(["?!", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👩‍🚀"].map((word) => words.accept(one, [word]))).toEqual([["?!"], ["🏴󠁧󠁢󠁳󠁣󠁴󠁿"], ["👩‍🚀"]]);
});

test("a word takes no longer to fold for what somebody hopes will take long", () => {
  const long = `a${"!".repeat(100_000)}a`;
  const start = performance.now();
  expect(foldWord(long)).toBe(long);
  expect(performance.now() - start).toBeLessThan(1000);
  expect(["!?a!b?!", " «a b» ", "?!"].map(foldWord)).toEqual(["a!b", "a b", "?!"]);
});
