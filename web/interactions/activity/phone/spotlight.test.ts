import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveActivity, Standing } from "../../../../shared/interactions/activity/activity.ts";
import { Spotlight } from "./spotlight.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const activity = (id: string, change: Partial<Standing> & { page?: string } = {}): LiveActivity => ({
  ...{ id, kind: "text", prompt: id, show: "closed", change: true },
  ...{ status: "open", round: 1, revealed: false, openedAt: 1000 },
  ...change,
});
const closed = (id: string, change: Partial<Standing> & { page?: string } = {}) =>
  activity(id, { status: "closed", ...change });

/** @param isBusy hands are not at rest, until `rest` says so */
function createSpotlight(isBusy = false) {
  const told: string[] = [];
  const waiting: (() => void)[] = [];
  const spotlight = new Spotlight({
    whenResting: (act) => {
      waiting.splice(0, 1, act);
      if (!isBusy) waiting.pop()?.();
    },
    tell: ({ id }, occasion) => told.push(`${id} ${occasion}`),
  });
  const look = () => {
    const { shown, asked } = spotlight.spot.get();
    return [shown?.id, asked.map(({ id }) => id)];
  };
  return { spotlight, told, look, rest: () => waiting.pop()?.() };
}

test("what opens comes to the top, and is told once", () => {
  const { spotlight, told, look } = createSpotlight();
  spotlight.hear([], "1");
  spotlight.hear([activity("a")], "1");
  spotlight.hear([{ ...activity("a"), prompt: "corrected" }], "1");
  expect(look()).toEqual(["a", ["a"]]);
  expect(spotlight.spot.get().shown?.prompt).toBe("corrected");
  expect(told).toEqual(["a opened"]);
});

test("while hands are busy, what opens is told and listed, and comes to the top when they rest", () => {
  const { spotlight, told, look, rest } = createSpotlight(true);
  spotlight.hear([activity("a")], "1");
  rest();
  spotlight.hear([activity("a"), activity("b", { openedAt: 2000 })], "1");
  expect(look()).toEqual(["a", ["a", "b"]]);
  expect(told).toEqual(["a opened", "b opened"]);
  spotlight.hear([activity("a"), activity("b", { openedAt: 2000 }), activity("c", { openedAt: 3000 })], "1");
  rest();
  expect(look()).toEqual(["c", ["a", "b", "c"]]);
});

test("what closes before hands rest does not come", () => {
  const { spotlight, look, rest } = createSpotlight(true);
  spotlight.hear([activity("a")], "1");
  spotlight.hear([], "1");
  rest();
  expect(look()).toEqual([undefined, []]);
});

test("what closes stays on top, until the deck has gone on for a while", () => {
  const { spotlight, told, look } = createSpotlight();
  spotlight.hear([activity("a")], "1");
  spotlight.hear([closed("a")], "1");
  spotlight.turn();
  expect(look()).toEqual(["a", ["a"]]);
  vi.advanceTimersByTime(30_000);
  expect(look()).toEqual(["a", ["a"]]);
  spotlight.turn();
  expect(look()).toEqual([undefined, []]);
  expect(told).toEqual(["a opened", "a closed"]);
});

test("what is put away makes place for what is open, or for nothing", () => {
  const { spotlight, look } = createSpotlight();
  const open = activity("b", { openedAt: 500 });
  spotlight.hear([activity("a"), open], "1");
  spotlight.choose("a");
  spotlight.hear([closed("a"), open], "1");
  expect(look()).toEqual(["a", ["b", "a"]]);
  spotlight.putAway();
  expect(look()).toEqual(["b", ["b"]]);
  spotlight.hear([closed("a"), { ...open, status: "closed" }], "1");
  spotlight.putAway();
  expect(look()).toEqual([undefined, []]);
});

test("a result that is revealed later comes to the top again", () => {
  const { spotlight, told, look } = createSpotlight();
  spotlight.hear([activity("a")], "1");
  spotlight.hear([closed("a")], "1");
  spotlight.putAway();
  spotlight.hear([closed("a", { revealed: true })], "1");
  spotlight.hear([closed("a", { revealed: true })], "1");
  expect(look()).toEqual(["a", ["a"]]);
  expect(told).toEqual(["a opened", "a closed", "a revealed"]);
});

test("whoever comes later sees what is open, or the result of the page that is shown, and no older one", () => {
  const old = closed("old", { revealed: true, page: "1" });
  const first = createSpotlight();
  first.spotlight.hear([old, activity("a")], "1");
  expect(first.look()).toEqual(["a", ["a"]]);
  const second = createSpotlight();
  second.spotlight.hear([old], "2");
  expect(second.look()).toEqual([undefined, []]);
  const third = createSpotlight();
  third.spotlight.hear([old], "1");
  expect(third.look()).toEqual(["old", ["old"]]);
});

test("what is opened again, in the same round or the next, is news", () => {
  const { spotlight, told, look } = createSpotlight();
  spotlight.hear([activity("a")], "1");
  spotlight.hear([closed("a")], "1");
  spotlight.putAway();
  spotlight.hear([activity("a")], "1");
  spotlight.hear([activity("a", { round: 2, openedAt: 9000 })], "1");
  expect(look()).toEqual(["a", ["a"]]);
  expect(told).toEqual(["a opened", "a closed", "a opened", "a opened"]);
});

test("what is gone is shown no longer", () => {
  const { spotlight, look } = createSpotlight();
  spotlight.hear([activity("a"), activity("b", { openedAt: 2000 })], "1");
  spotlight.hear([activity("a")], "1");
  expect(look()).toEqual(["a", ["a"]]);
});
