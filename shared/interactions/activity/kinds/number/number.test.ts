import { describe, expect, test } from "vitest";
import type { Scale } from "../scale/scale.ts";
import { scale } from "../scale/scale.ts";
import { type NumberQuestion, number } from "./number.ts";

const asked: NumberQuestion = { kind: "number", prompt: "How many?", step: 1, show: "live", change: true };
const rating: Scale = {
  kind: "scale",
  prompt: "How?",
  min: 0,
  max: 1,
  step: 0.1,
  show: "live",
  change: true,
};

describe("a number", () => {
  test.each<[number, number, number | undefined]>([
    [0.1 + 0.2, 0.1, 0.3],
    [1.000_000_4, 1, 1],
    [-0, 1, 0],
    [999_999_999_999.5, 0.5, 999_999_999_999.5],
    [1.5, 1, undefined],
    [1e21, 1, undefined],
    [1e308, 1, undefined],
    [1e308, 1e-12, undefined],
  ])("%d, in steps of %d, is %s", (value, step, kept) => {
    expect(number.accept({ ...asked, step }, value)).toBe(kept);
  });

  test("has one spelling, so that nobody makes a thousand of one step", () => {
    const spelled = Array.from({ length: 1000 }, (_, index) => scale.accept(rating, 0.3 + index * 1e-11));
    expect(new Set(spelled)).toEqual(new Set([0.3]));
    expect([0.7, 0.1 * 3, 1, 1.1, 0.05].map((value) => scale.accept(rating, value))).toEqual([
      0.7,
      0.3,
      1,
      undefined,
      undefined,
    ]);
  });

  test("two of the largest have a median", () => {
    const { median } = number.tally({ "1000000000000": 2 }, 2);
    expect(median).toBe(1e12);
  });
});
