import { expect, test } from "vitest";
import { appendPage, mergeFirstPage } from "./merge-page.ts";

const list = (ids: string) => [...ids].map((id) => ({ id }));
const page = (ids: string, cursor?: string) => ({ list: list(ids), cursor });

test("the first page again comes in front of later ones, with what is new and without what is gone", () => {
  expect(mergeFirstPage(page("abcdef", "f"), page("xabc", "c"))).toEqual(page("xabcdef", "f"));
  expect(mergeFirstPage(page("abcdef", "f"), page("acd", "d"))).toEqual(page("acdef", "f"));
  // What has come to the front stands there alone.
  expect(mergeFirstPage(page("abcdef", "f"), page("fabc", "c"))).toEqual(page("fabcde", "f"));
});

test("a list of one page is what that page says", () => {
  expect(mergeFirstPage(undefined, page("ab", "b"))).toEqual(page("ab", "b"));
  expect(mergeFirstPage(page("abc"), page("ab"))).toEqual(page("ab"));
  expect(mergeFirstPage(page("abc", "c"), page("xyz", "z"))).toEqual(page("xyz", "z"));
  expect(mergeFirstPage(page("ab", "b"), page("xb", "b"))).toEqual(page("xb", "b"));
  expect(mergeFirstPage(page("ab", "b"), page(""))).toEqual(page(""));
});

test("the next page comes behind, and nothing twice", () => {
  expect(appendPage(list("abc"), page("cde", "e"))).toEqual(page("abcde", "e"));
  expect(appendPage(list("abc"), page(""))).toEqual(page("abc"));
});
