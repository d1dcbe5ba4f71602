import { expect, test } from "vitest";
import { addPages } from "./totals.ts";

const before = { pages: { "1": { "👍": 2, "❤️": 1 }, "2": { "👏": 1 } }, total: 4 };

test("what is said of a page is complete, and the other pages stay", () => {
  const news = { type: "reactions", pages: { "1": { "👍": 3 } }, total: 4 } as const;
  expect(addPages(before, news)).toEqual({ pages: { "1": { "👍": 3 }, "2": { "👏": 1 } }, total: 4 });
});

test("a page without any reaction goes", () => {
  const news = { type: "reactions", pages: { "2": {} }, total: 3 } as const;
  expect(addPages(before, news)).toEqual({ pages: { "1": before.pages["1"] }, total: 3 });
});

test("a whole replaces everything", () => {
  const news = { type: "reactions", pages: { "9": { "👍": 1 } }, total: 1, whole: true } as const;
  expect(addPages(before, news)).toEqual({ pages: { "9": { "👍": 1 } }, total: 1 });
});
