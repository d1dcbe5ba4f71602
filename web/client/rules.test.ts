import { expect, test } from "vitest";
import * as service from "../../shared/rules.ts";
import { isAllowed, OPEN_RULES } from "./rules.ts";

test("the client allows exactly what the service takes", () => {
  const all = [
    OPEN_RULES,
    { paused: false, reactions: ["a"], pages: {} },
    { paused: false, reactions: [], pages: { "1": ["b"] } },
    { paused: false, reactions: null, pages: { "1": [], "2": ["a", "b"] } },
  ];
  for (const rules of all) {
    const parsed = service.Rules.parse(rules);
    for (const page of ["1", "2", "toString"]) {
      for (const reaction of ["a", "b"]) {
        expect(isAllowed(rules, page, reaction)).toBe(service.isAllowed(parsed, page, reaction));
      }
    }
  }
});

test("what holds at first is what the service begins with", () => {
  expect(service.Rules.parse({})).toEqual({ ...OPEN_RULES, publicResults: false });
});
