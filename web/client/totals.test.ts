import { expect, test } from "vitest";
import { toRecord } from "./record.ts";
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

test("every name that an object inherits is a page and a reaction like any other", () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    const none = addPages(before, { type: "reactions", pages: {}, total: 4 });
    expect(none.pages[name]).toBeUndefined();
    expect(none.pages["1"]?.[name]).toBeUndefined();
    const pages = toRecord([[name, toRecord([[name, 1]])]]);
    const one = addPages(before, { type: "reactions", pages, total: 5 });
    expect(one.pages[name]?.[name]).toBe(1);
    const two = { type: "reactions", pages: toRecord([[name, toRecord([[name, 2]])]]), total: 6 } as const;
    expect(addPages(one, two).pages[name]?.[name]).toBe(2);
    expect(Object.keys(addPages(one, two).pages)).toHaveLength(3);
  }
});
