import { expect, test } from "vitest";
import { nameDay, nameStart, readStart, sortByStart, writeStart } from "./start-time.ts";

test("a time is written and read as the clock here shows it", () => {
  const at = new Date(2026, 10, 30, 14, 5).getTime();
  expect(writeStart(at)).toBe("2026-11-30T14:05");
  expect(readStart("2026-11-30T14:05")).toBe(at);
  expect(nameDay(new Date(2026, 10, 30, 23, 59).getTime())).toBe("2026-11-30");
});

test("no time is one, too", () => {
  expect([writeStart(null), readStart(""), readStart("soon")]).toEqual(["", null, null]);
});

test("a date that says the same as the time is not said twice, and one without a time stands alone", () => {
  const startsAt = new Date(2026, 10, 30, 14, 5).getTime();
  expect(nameStart({ date: "2026-11-30", startsAt })).toMatch(/^Mon,? 30 Nov 2026.*14:05 \S+$/);
  expect(nameStart({ date: "Day 2", startsAt })).toMatch(/^Day 2 · Mon,? 30 Nov 2026.*14:05/);
  expect(nameStart({ date: "Day 2", startsAt: null })).toBe("Day 2");
});

test("the next talk comes first, and those without a time last, as they were", () => {
  const talks = [null, 3, null, 1].map((startsAt, id) => ({ id, startsAt }));
  expect(sortByStart(talks).map(({ id }) => id)).toEqual([3, 1, 0, 2]);
});
