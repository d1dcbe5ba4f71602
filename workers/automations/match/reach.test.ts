import { describe, expect, test } from "vitest";
import { findReach } from "./reach.ts";

const MANY = { event: "reactions", atLeast: 1000 } as const;

describe("how soon a flow can be set off by who is there", () => {
  test("is any moment, unless it waits for reactions", () => {
    expect(findReach({ event: "question", votes: 10 }, {}, 3)).toBe(0);
    expect(findReach({ event: "answers", share: 0.8 }, {}, 3)).toBe(0);
    expect(findReach({ event: "people", atLeast: 50 }, {}, 3)).toBe(0);
  });

  test("is as long as it takes them to send what is missing: twenty at once each, and five a second", () => {
    expect(findReach(MANY, {}, 10)).toBe(16_000);
    expect(findReach(MANY, { total: 500 }, 10)).toBe(6000);
    expect(findReach(MANY, { total: 900 }, 10)).toBe(0);
    expect(findReach(MANY, { total: 1200, crossing: "crossed" }, 10)).toBe(0);
    expect(findReach(MANY, {}, 10_000)).toBe(0);
  });

  test("counts of a rate what its window may hold, and nothing of the time before", () => {
    const rate = { ...MANY, within: 60 };
    const samples: [number, number][] = [
      [100, 4000],
      [161, 4500],
    ];
    expect(findReach(rate, { total: 4500, samples }, 10)).toBe(6000);
    expect(findReach(rate, {}, 10)).toBe(16_000);
  });

  test("is never, where nobody is there or it was set off for good", () => {
    expect(findReach(MANY, {}, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(findReach(MANY, { total: 1000, crossing: "spent" }, 10)).toBe(Number.POSITIVE_INFINITY);
  });
});
