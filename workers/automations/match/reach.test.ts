import { describe, expect, test } from "vitest";
import { findReach } from "./reach.ts";
import { createNow } from "./test-flow.ts";

const MANY = { event: "reactions", page: "1", atLeast: 1000 } as const;
const RATE = { ...MANY, within: 60 } as const;
/** Ten people, of whom each may send twenty reactions at once, and five a second. */
const ROOM = createNow({ people: 10, pace: { burst: 20, perSecond: 5 } });

describe("how soon a flow can be set off by who is there", () => {
  test("is any moment, unless it waits for reactions", () => {
    expect(findReach({ event: "question", votes: 10 }, {}, ROOM)).toBe(0);
    expect(findReach({ event: "answers", share: 0.8 }, {}, ROOM)).toBe(0);
    expect(findReach({ event: "people", atLeast: 50 }, {}, ROOM)).toBe(0);
  });

  test("is as long as it takes them to send what is missing", () => {
    expect(findReach(MANY, {}, ROOM)).toBe(16_000);
    expect(findReach(MANY, {}, { ...ROOM, pace: { burst: 50, perSecond: 25 } })).toBe(2000);
    expect(findReach(MANY, {}, { ...ROOM, people: 10_000 })).toBe(0);
  });

  test("counts what was sent before the flow was, which it may not have heard of", () => {
    expect(findReach(MANY, { total: 3 }, { ...ROOM, reactions: 500 })).toBe(6000);
    expect(findReach(MANY, {}, { ...ROOM, reactions: 900 })).toBe(0);
    expect(findReach(MANY, { total: 1200, crossing: "crossed" }, { ...ROOM, reactions: 1200 })).toBe(0);
  });

  test("counts of a rate what its window may hold, and nothing of the time before", () => {
    const samples: [number, number][] = [
      [100, 4000],
      [161, 4500],
    ];
    expect(findReach(RATE, { total: 4500, samples }, { ...ROOM, reactions: 9000 })).toBe(6000);
    expect(findReach(RATE, {}, { ...ROOM, reactions: 9000 })).toBe(16_000);
  });

  test("is as for one person where nobody is there", () => {
    expect(findReach(MANY, {}, { ...ROOM, people: 0 })).toBe(196_000);
    expect(findReach(MANY, {}, { ...ROOM, people: 0, reactions: 1000 })).toBe(0);
  });

  test("is never, where it was set off for good", () => {
    expect(findReach(RATE, { total: 1000, crossing: "spent" }, ROOM)).toBe(Number.POSITIVE_INFINITY);
  });
});
