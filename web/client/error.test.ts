import { describe, expect, test } from "vitest";
import { ProblemCode } from "../../shared/protocol/problem.schema.ts";
import { PROBLEMS } from "../../shared/protocol/problem.ts";
import { type ErrorFacts, isTransient, RevintError } from "./error.ts";

const passes = (code: string, facts?: ErrorFacts) => isTransient(new RevintError(code, "", facts));

describe("a code of a later version", () => {
  test.each([400, 401, 403, 404, 409, 410, 418, 422, 499])("is definite with status %d", (status) => {
    expect(passes("invented", { status, retryAfter: 1 })).toBe(false);
  });

  test.each([408, 425, 429, 500, 502, 503, 599])("passes with status %d", (status) => {
    expect(passes("invented", { status })).toBe(true);
  });

  test("passes without a status where it says when to try again, and is definite where it does not", () => {
    expect(passes("invented", { retryAfter: 0.5 })).toBe(true);
    expect(passes("invented")).toBe(false);
  });
});

test("known codes are what their status says, but for a deployment that lacks its keys", () => {
  const passing = ProblemCode.options.filter((code) => passes(code, { status: PROBLEMS[code].status }));
  expect(passing.toSorted()).toEqual([
    ...["internal", "rate_limited", "session_full", "too_many_attempts", "unavailable"],
  ]);
  // On a pipe, where there is no status, and none of the others says when to try again.
  expect(ProblemCode.options.filter((code) => passes(code)).toSorted()).toEqual(passing.toSorted());
});
