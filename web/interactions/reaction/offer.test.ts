import { expect, test } from "vitest";
import { listButtons } from "./offer.ts";

const open = { reactions: null, pages: {} };

test("without rules every button is offered", () => {
  expect(listButtons(["a", "b"], open, "1")).toEqual(["a", "b"]);
});

test("what is not allowed is left out, and the answers of a vote come in", () => {
  const rules = { reactions: ["b"], pages: { vote: ["yes", "no"], quiet: [] } };
  expect(listButtons(["a", "b"], rules, "1")).toEqual(["b"]);
  expect(listButtons(["a", "b"], rules, "vote")).toEqual(["yes", "no"]);
  expect(listButtons(["a", "b"], rules, "quiet")).toEqual([]);
});

test("a button stays the session's, however the rules spell it", () => {
  expect(listButtons(["👍", "❤️"], { ...open, reactions: ["❤", "❤️", "🎉"] }, "1")).toEqual(["❤️", "🎉"]);
});

test("a page may be called like something that every object has", () => {
  expect(listButtons(["a"], open, "constructor")).toEqual(["a"]);
});
