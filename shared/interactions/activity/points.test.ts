import { describe, expect, test } from "vitest";
import { Definition } from "./activity.schema.ts";
import { getPoints } from "./points.ts";

const OPTIONS = [
  { id: "a", text: "A" },
  { id: "b", text: "B" },
  { id: "c", text: "C" },
];
const define = (given: Record<string, unknown>): Definition =>
  Definition.parse({ prompt: "Which?", ...given });
const choose = (given: Record<string, unknown> = {}) =>
  define({ kind: "choice", options: OPTIONS, correct: ["b"], seconds: 20, ...given });

describe("a right answer", () => {
  test.each([
    [0, 1000],
    [500, 1000],
    [600, 1000],
    [1000, 990],
    [10_250, 750],
    [19_999, 500],
    [20_000, 500],
    [25_000, 500],
  ])("after %i of 20,000 ms is worth %i points", (elapsedMs, points) => {
    expect(getPoints(choose(), { elapsedMs, value: ["b"] })).toBe(points);
  });

  test("is worth the same at any time where the question has none", () => {
    const question = choose({ seconds: undefined });
    expect([0, 600_000].map((elapsedMs) => getPoints(question, { elapsedMs, value: ["b"] }))).toEqual([
      1000, 1000,
    ]);
  });

  test("to a number is the number, or one in the range", () => {
    const exact = define({ kind: "number", correct: 42 });
    const range = define({ kind: "number", correct: [40, 50] });
    const worth = (question: Definition, value: number) => getPoints(question, { elapsedMs: 0, value });
    expect([worth(exact, 42), worth(exact, 43), worth(range, 50), worth(range, 51)]).toEqual([
      1000, 0, 1000, 0,
    ]);
  });

  test("to an order is that order", () => {
    const question = define({ kind: "order", options: OPTIONS, correct: ["c", "a", "b"] });
    expect(getPoints(question, { elapsedMs: 0, value: ["c", "a", "b"] })).toBe(1000);
    expect(getPoints(question, { elapsedMs: 0, value: ["c", "b", "a"] })).toBe(0);
  });
});

test("a wrong answer is worth nothing, and neither is one with only some of what is right", () => {
  const question = choose({ multiple: 2, correct: ["a", "b"] });
  const worth = (value: string[]) => getPoints(question, { elapsedMs: 0, value });
  expect([worth(["a", "b"]), worth(["a"]), worth(["c"]), worth(["a", "c"])]).toEqual([1000, 0, 0, 0]);
});

test("where nothing is right, there are no points", () => {
  expect(getPoints(choose({ correct: undefined }), { elapsedMs: 0, value: ["b"] })).toBeUndefined();
  expect(getPoints(define({ kind: "text" }), { elapsedMs: 0, value: "b" })).toBeUndefined();
});
