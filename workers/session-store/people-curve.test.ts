import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PeopleCurve } from "./people-curve.ts";
import { SessionHistory } from "./session-history.ts";
import { NOW } from "./test-session.ts";
import { createSql } from "./test-storage.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The curve of a room that has `people`, and asks others for theirs. */
function create() {
  const room = { people: 0, isOut: false, isComplete: true, isSession: true };
  const history = new SessionHistory(createSql());
  history.start({ epoch: NOW, version: 0, page: "0", state: "", at: NOW });
  const curve = new PeopleCurve({
    history,
    isSession: () => room.isSession,
    isComplete: () => room.isComplete,
    becomeComplete: async () => {
      if (room.isOut) throw new Error("out");
      room.isComplete = true;
    },
    countPeople: () => room.people,
  });
  const change = async (people: number, wait = 0) => {
    room.people = people;
    curve.peopleChanged();
    await vi.advanceTimersByTimeAsync(wait);
  };
  return { room, curve, history, change };
}

test("how many people there are is noted at once, then every ten seconds, with the most in between", async () => {
  const { history, change, curve } = create();
  await change(1, 1000);
  await change(9, 1000);
  await change(2);
  expect(curve.isPending).toBe(true);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(history.read().people).toEqual([
    { at: NOW, people: 1 },
    { at: NOW + 1000, people: 9 },
    { at: NOW + 10_000, people: 2 },
  ]);
  expect(curve.isPending).toBe(false);
});

test("that the last one has gone is noted too", async () => {
  const { history, change } = create();
  await change(1, 0);
  await change(0, 10_000);
  expect(history.read().people.at(-1)).toEqual({ at: NOW + 10_000, people: 0 });
});

test("while a room below does not answer nothing is noted, and it is asked again", async () => {
  const { room, history, change } = create();
  Object.assign(room, { isOut: true, isComplete: false });
  await change(9, 0);
  await change(5, 15_000);
  expect(history.read().people).toEqual([]);
  room.isOut = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(history.read().people).toEqual([{ at: NOW + 20_000, people: 5 }]);
});

test("nothing is noted of a session that was deleted meanwhile", async () => {
  const { room, history, change } = create();
  room.isSession = false;
  await change(5, 10_000);
  expect(history.read().people).toEqual([]);
});
