import { expect, test } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { Seating } from "./seating.ts";

test("fills the emptiest room, and opens one more only when all are full", () => {
  const seating = new Seating(2);
  expect([1, 2, 3, 4].map(() => seating.take(2, 0))).toEqual([0, 1, 0, 1]);
  expect(seating.take(2, 0)).toBe(2);
  expect(seating.take(3, 0)).toBe(2);
  expect(seating.take(3, 0)).toBe(3);
});

test("who has connected is not counted twice, and who left makes room", () => {
  const seating = new Seating(2);
  seating.take(1, 0);
  seating.take(1, 0);
  seating.report(0, 2);
  expect(seating.take(1, 0)).toBe(1);
  seating.report(0, 1);
  expect(seating.take(1, 0)).toBe(0);
});

test("a promise that nobody keeps is forgotten", () => {
  const seating = new Seating(2);
  seating.take(1, 0);
  seating.take(1, 0);
  expect(seating.take(1, 40_000)).toBe(0);
});

test("a flood of joins is held to the limit of each second", () => {
  const seating = new Seating(1_000_000);
  const seats = Array.from({ length: LIMITS.joinsPerSecond + 5 }, () => seating.take(1, 500));
  expect(seats.filter((seat) => seat === undefined)).toHaveLength(5);
  expect(seating.take(1, 1000)).toBe(0);
});

test.each([-120_000, 120_000])(
  "a clock that is put by %i ms keeps nobody out, and no promise for longer",
  (jump) => {
    const now = 1_795_180_000_000;
    const seating = new Seating(2);
    seating.take(1, now);
    seating.take(1, now);
    expect(seating.take(1, now + jump)).toBe(0);
    expect(seating.take(1, now + jump)).toBe(0);
    expect(seating.take(1, now + jump)).toBe(1);
    expect(seating.take(1, now)).toBe(0);
    const flood = new Seating(1_000_000);
    for (let join = 0; join <= LIMITS.joinsPerSecond; join++) flood.take(1, now);
    expect(flood.take(1, now)).toBeUndefined();
    expect(flood.take(1, now + jump)).toBe(0);
  },
);

test("an expected audience has its rooms at once", () => {
  const seating = new Seating(2000);
  expect([1, 2000, 2001, 10_000, 1_000_000].map((people) => seating.roomsFor(people))).toEqual([
    1, 1, 2, 5, 500,
  ]);
});
