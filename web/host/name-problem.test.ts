import { expect, test } from "vitest";
import { host as words } from "../words/en.ts";
import { nameProblem } from "./name-problem.ts";

test("a problem is told by its code: in words for what was tried, in general, or as something unknown", () => {
  expect(nameProblem({ code: "conflict" }, { conflict: "The last admin stays." })).toBe(
    "The last admin stays.",
  );
  expect(nameProblem({ code: "conflict" })).toBe(words.problems.conflict);
  // A code of a later version, and one that every object has.
  for (const code of ["of_a_later_version", "constructor"]) {
    expect(nameProblem({ code })).toBe(words.problems.other);
  }
});
