import { expect, test } from "vitest";
import { nameStart, nameWait } from "./wait.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [-24 * HOUR, ""],
  [-HOUR, "It begins any moment."],
  [0, "It begins any moment."],
  [1, "In 1 minute."],
  [MINUTE, "In 1 minute."],
  [MINUTE + 1, "In 2 minutes."],
  [20 * MINUTE, "In 20 minutes."],
  [89 * MINUTE, "In 89 minutes."],
  [90 * MINUTE, "In about 2 hours."],
  [26 * HOUR, "In about 26 hours."],
  [35.4 * HOUR, "In about 35 hours."],
  [36 * HOUR, "In 2 days."],
  [49 * HOUR, "In 2 days."],
  [400 * 24 * HOUR, "In 400 days."],
])("what starts in %d ms starts: %s", (ms, said) => expect(nameWait(ms)).toBe(said));

test("the start is told with its day, unless that is today", () => {
  const at = new Date(2026, 10, 30, 14, 5).getTime();
  expect(nameStart(at, at - 3 * HOUR)).toMatch(/^Planned for today, 14:05 \S+$/);
  expect(nameStart(at, at - 24 * HOUR)).toMatch(/^Planned for Monday,? 30 November 2026.* 14:05 \S+$/);
});
