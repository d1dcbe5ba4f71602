import { expect, test } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import { hasRules, readMessage, sayRules, sayState } from "./pipe-messages.ts";

const reaction = { type: "react", page: "1", reaction: "x", id: "a" };

test("a reaction is read as it was sent", () => {
  expect(readMessage(JSON.stringify(reaction))).toEqual(reaction);
});

test("of what is none, the reason is said under its id, where that can be read", () => {
  const wrong = readMessage(JSON.stringify({ ...reaction, page: "" }));
  expect(wrong).toEqual({ code: "invalid_request", detail: "page: page is empty", id: "a" });
  for (const id of ["", "ä", 7, "x".repeat(LIMITS.idLength + 1)]) {
    expect(readMessage(JSON.stringify({ ...reaction, id }))).not.toHaveProperty("id");
  }
});

test.each([
  [new ArrayBuffer(2), "invalid_request"],
  ["{", "invalid_request"],
  ["null", "invalid_request"],
  ["[]", "invalid_request"],
  ['{"type":"dance"}', "invalid_request"],
  [`"${"ä".repeat(LIMITS.bodyBytes / 2)}"`, "too_large"],
])("%.20j is refused as %j", (message, code) => {
  expect(readMessage(message)).toMatchObject({ code });
});

test("a state is said without what only rooms need", () => {
  const deck = { epoch: 1, version: 2, page: "1", state: "s", at: 3 };
  expect(sayState(deck)).toEqual({ type: "state_change", page: "1", state: "s", version: 2 });
});

test("rules are said without what only the door and the results need", () => {
  const rules = HostRules.parse({ paused: true, publicResults: true, isClosed: true, joinsPerMinute: 5 });
  expect(sayRules(rules)).toEqual({
    type: "rules",
    paused: true,
    reactions: null,
    pages: {},
    anyReaction: false,
    questions: "off",
    names: true,
  });
});

test.each([
  [{}, false],
  [{ publicResults: true, isClosed: true, joinsPerMinute: 5 }, false],
  [{ paused: true }, true],
  [{ reactions: [] }, true],
  [{ pages: { "1": [] } }, true],
  [{ anyReaction: true }, true],
  [{ questions: "moderated" }, true],
  [{ names: false }, true],
])("the rules %j have to be said to somebody new: %j", (rules, isSaid) => {
  expect(hasRules(HostRules.parse(rules))).toBe(isSaid);
});
