import { expect, test } from "vitest";
import { readPlace, writeOpen, writeView } from "./place.ts";

const TALK = "abcdefghijklmnopqrst_-";
const search = (address: string) => address.slice(address.indexOf("?"));

test("a section is read as it was written, and whatever is none is the talks", () => {
  for (const view of ["talks", "decks", "account", "admin"] as const) {
    expect(readPlace(search(writeView(view)))).toEqual({ view });
  }
  for (const other of ["", "?view=", "?view=https://evil.example", "?view=constructor", "?to=/x"]) {
    expect(readPlace(other)).toEqual({ view: "talks" });
  }
});

test("a way on names one of our pages and one of our talks, or leads nowhere", () => {
  expect(readPlace(search(writeOpen("stage", TALK)))).toEqual({ view: "open", open: "stage", talk: TALK });
  for (const [what, talk] of [
    ["stage", "../../session"],
    ["stage", ""],
    ["//evil.example", TALK],
    ["", TALK],
  ]) {
    const query = new URLSearchParams({ view: "open", what: what ?? "", talk: talk ?? "" });
    expect(readPlace(`?${query}`)).toMatchObject({ view: "open", open: undefined });
  }
  expect(readPlace("?view=open&what=deck")).toMatchObject({ open: undefined });
});
