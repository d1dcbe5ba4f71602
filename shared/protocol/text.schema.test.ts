import { expect, test } from "vitest";
import { Page, ReactionId, StateText } from "./text.schema.ts";

test.each(["1", "a".repeat(64), "🔥".repeat(64), "..", " ", "%2F"])("a page can be %j", (text) => {
  expect(Page.parse(text)).toBe(text);
});

test.each(["", "a".repeat(65), "🔥".repeat(65), "\ud800", "a\0b", "__proto__"])(
  "a page can't be %j",
  (text) => {
    expect(Page.safeParse(text).success).toBe(false);
  },
);

test("a state is measured in bytes", () => {
  expect(StateText.safeParse("é".repeat(2048)).success).toBe(true);
  expect(StateText.safeParse(`é${"é".repeat(2048)}`).success).toBe(false);
});

test("an id is visible ASCII, so that it can stand in a header", () => {
  expect(ReactionId.safeParse("0-a_Z~").success).toBe(true);
  for (const id of ["", "a b", "é", "k".repeat(65)]) expect(ReactionId.safeParse(id).success).toBe(false);
});
