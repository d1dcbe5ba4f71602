import { expect, test } from "vitest";
import { foldReaction } from "./reaction.ts";

test("a variation selector makes no other reaction", () => {
  expect(foldReaction("❤\uFE0F")).toBe(foldReaction("❤"));
  expect(foldReaction("❤\uFE0E")).toBe("❤");
});

test("composed and decomposed letters are one reaction", () => {
  expect(foldReaction("cafe\u0301")).toBe(foldReaction("café"));
});

test("skin tones and joined emoji stay apart", () => {
  expect(foldReaction("👍🏽")).not.toBe(foldReaction("👍"));
  expect(foldReaction("👩‍💻")).not.toBe(foldReaction("👩"));
});

test("what is nothing but a selector stays what it is", () => {
  expect(foldReaction("\uFE0F")).toBe("\uFE0F");
});
