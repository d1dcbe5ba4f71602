import { expect, test } from "vitest";
import type { LiveActivity, Standing } from "../../shared/interactions/activity/activity.ts";
import { addActivities, addTallies, NO_ACTIVITIES } from "./activities.ts";

const activity = (id: string, change: Partial<Standing> = {}): LiveActivity => ({
  ...{ id, kind: "text", prompt: "?", show: "live", change: true },
  ...{ status: "open", round: 1, revealed: false },
  ...change,
});
const tally = (round: number, people: number) => ({ round, people, counts: {} });
const two = addTallies(addActivities(NO_ACTIVITIES, { activities: [activity("a"), activity("b")] }), {
  tallies: { a: tally(1, 1), b: tally(1, 2) },
});

test("what is said of an activity takes the place of what was known, and others stay as they are", () => {
  const closed = activity("a", { status: "closed" });
  const next = addActivities(two, { activities: [closed, activity("c")] });
  expect(next.activities).toEqual([closed, activity("b"), activity("c")]);
  expect(next.tallies).toEqual(two.tallies);
});

test("an activity that is gone takes its tally with it", () => {
  const next = addActivities(two, { activities: [], removed: ["a", "unknown"] });
  expect(next).toEqual({ activities: [activity("b")], tallies: { b: tally(1, 2) } });
});

test("after a whole picture, what it does not name is not there", () => {
  expect(addActivities(two, { activities: [activity("b")], whole: true })).toEqual({
    activities: [activity("b")],
    tallies: { b: tally(1, 2) },
  });
});

test("the next round begins with nothing, and what comes late of the last one is passed over", () => {
  const next = addActivities(two, { activities: [activity("a", { round: 2 })] });
  expect(next.tallies).toEqual({ b: tally(1, 2) });
  const late = addTallies(next, { tallies: { a: tally(1, 9), b: tally(1, 3) } });
  expect(late.tallies).toEqual({ b: tally(1, 3) });
  expect(addTallies(late, { tallies: { a: tally(2, 1) } }).tallies).toMatchObject({ a: tally(2, 1) });
});

test("an activity that was written anew begins with nothing, also in the same round", () => {
  const next = addActivities(two, { activities: [activity("a", { openedAt: 2000 })] });
  expect(next.tallies).toEqual({ b: tally(1, 2) });
});

test("a tally of something unknown, whatever it is called, is passed over", () => {
  expect(addTallies(two, { tallies: { toString: tally(1, 1), c: tally(1, 1) } })).toEqual(two);
});
