import { expect, test } from "vitest";
import { listOffered } from "./offer.ts";

const open = { reactions: null, pages: {} };

test("without rules every button is offered", () => {
  expect(listOffered(["a", "b"], open, "1")).toEqual(["a", "b"]);
});

test("what is not allowed is left out, and the answers of a vote come in", () => {
  const rules = { reactions: ["b"], pages: { vote: ["yes", "no"], quiet: [] } };
  expect(listOffered(["a", "b"], rules, "1")).toEqual(["b"]);
  expect(listOffered(["a", "b"], rules, "vote")).toEqual(["yes", "no"]);
  expect(listOffered(["a", "b"], rules, "quiet")).toEqual([]);
});

test("a button stays the session's, however the rules spell it", () => {
  expect(listOffered(["👍", "❤️"], { ...open, reactions: ["❤", "❤️", "🎉"] }, "1")).toEqual(["❤️", "🎉"]);
});

test("a page may be called like something that every object has", () => {
  expect(listOffered(["a"], open, "constructor")).toEqual(["a"]);
});
