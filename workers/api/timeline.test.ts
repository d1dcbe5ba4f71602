import { describe, expect, test } from "vitest";
import type { History } from "../lib/history.ts";
import { createTimeline, fitBucket, pickBucket, roundBucket } from "./timeline.ts";

const HOUR = 3_600_000;

describe("a user's bucket", () => {
  test.each([
    [1, 1],
    [3, 5],
    [60, 60],
    [61, 120],
    [86_400, 86_400],
  ])("of %i s is one of %i", (asked, size) => {
    expect(roundBucket(asked)).toBe(size);
    expect(fitBucket(1000, asked)).toBe(size);
  });

  test("is as long as the session needs, instead of a refusal that could be asked for again and again", () => {
    expect(() => pickBucket(HOUR, 1)).toThrow("invalid_request");
    expect(fitBucket(HOUR, 1)).toBe(2);
    expect(fitBucket(365 * 24 * HOUR, 1)).toBe(43_200);
  });

  test("is chosen like a host's when none is asked for", () => {
    expect(fitBucket(HOUR)).toBe(pickBucket(HOUR));
  });
});

const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");

test.each(names)("a page may be called %s", (page) => {
  const history: History = {
    ...{ rooms: 1, startedAt: 0, endedAt: null, publicResults: false, people: [], rounds: [] },
    states: [{ at: 0, page: "1", title: "One" }],
  };
  const timeline = createTimeline(history, [{ at: 1000, page, count: 4 }], 1, 5000);
  expect(timeline.pages).toEqual([
    { page: "1", title: "One", dwell: [{ from: 0, until: 5000 }], total: 0, buckets: [] },
    { page, title: null, dwell: [], total: 4, buckets: [{ at: 1000, count: 4 }] },
  ]);
  expect(timeline.total).toBe(4);
});
