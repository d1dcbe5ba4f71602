import { expect, test } from "vitest";
import { listOffered } from "./offer.ts";

const open = { paused: false, reactions: null, pages: {}, anyReaction: false };

test("without rules every button is offered", () => {
  expect(listOffered(["a", "b"], open, "1")).toEqual(["a", "b"]);
});

test("what is not allowed is left out, and the answers of a vote come in", () => {
  const rules = { ...open, reactions: ["b"], pages: { vote: ["yes", "no"], quiet: [] } };
  expect(listOffered(["a", "b"], rules, "1")).toEqual(["b"]);
  expect(listOffered(["a", "b"], rules, "vote")).toEqual(["yes", "no"]);
  expect(listOffered(["a", "b"], rules, "quiet")).toEqual([]);
});
