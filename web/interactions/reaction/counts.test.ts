import { expect, test } from "vitest";
import { countsOf, listCounts, uniteReactions } from "./counts.ts";
import { faceClass, nameReaction } from "./face.tsx";

/** What every object has without anybody having said it. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");

test("a reaction is counted on its button, whatever its keyboard calls an emoji", () => {
  expect(listCounts(["👍", "❤️"], { "❤": 2, "❤️": 3, "👍": 1 })).toEqual([
    ["👍", 1],
    ["❤️", 5],
  ]);
  expect(listCounts(["❤"], { "❤️": 3 })).toEqual([["❤", 3]]);
});

test("what has no button comes after those that have, once and as it was met first", () => {
  expect(listCounts(["a"], { "e\u0301": 1, "☕️": 2, "☕": 4, "\u00e9": 1 })).toEqual([
    ["a", 0],
    ["e\u0301", 2],
    ["☕️", 6],
  ]);
});

test("skin tones stay apart", () => {
  expect(listCounts([], { "👍": 1, "👍🏽": 2 })).toHaveLength(2);
});

test("nothing that an object inherits is a count, a page or a name", () => {
  for (const name of INHERITED) {
    expect(listCounts([name], {})).toEqual([[name, 0]]);
    expect(listCounts([], { [name]: 2 })).toEqual([[name, 2]]);
    expect(countsOf({}, name)).toBeUndefined();
    expect(nameReaction(name)).toBe(name);
  }
});

test("a screen reader names a reaction in every spelling", () => {
  expect([nameReaction("❤️"), nameReaction("❤"), nameReaction("🎉")]).toEqual(["Love", "Love", "🎉"]);
});

test("each reaction is there once, as it is spelled first", () => {
  expect(uniteReactions(["❤️", "a", "❤", "a"])).toEqual(["❤️", "a"]);
});

test("an emoji is drawn as one in every spelling, and words with a digit are words", () => {
  for (const emoji of ["❤", "❤️", "👍🏽", "1️⃣", "#⃣", "Yes"]) expect(faceClass(emoji)).toBe("emoji");
  for (const words of ["1", "4 stars", "#1", "Answer 2", "5 * 1️⃣"]) expect(faceClass(words)).toBe("");
});
