import { expect, test } from "vitest";
import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { listAlike } from "./alike.ts";

const ask = (text: string): LiveQuestion => ({
  id: text,
  text,
  at: 1,
  votes: 0,
  status: "published",
  pinned: false,
});
const texts = (own: string, others: readonly string[], searched = "") =>
  listAlike(ask(own), others.map(ask), searched).map(({ text }) => text);

test("what shares the most words comes first, whatever their case and accents, and short ones hardly count", () => {
  expect(
    texts("How much does the café cost?", ["Is it the one?", "What is the COST of the Cafe", "Why?"])[0],
  ).toBe("What is the COST of the Cafe");
});

test("nothing in common: the order of before", () => {
  expect(texts("Why?", ["速い", "مرحبا", "one"])).toEqual(["速い", "مرحبا", "one"]);
});

test("searched for, those are left that have all the words, of the last one the beginning", () => {
  expect(texts("Why?", ["The price of storage", "Storage", "The price"], "price stor")).toEqual([
    "The price of storage",
  ]);
});
