import { expect, test } from "vitest";
import { BurstCounter } from "./burst-counter.ts";

const burst = (participant: string, count = 1, reaction = "x") => ({
  participant,
  page: "1",
  reaction,
  count,
});

test("tells the ten largest since the last time, largest first", () => {
  const bursts = new BurstCounter();
  for (let who = 1; who <= 20; who++) bursts.add(burst(`${who}`, who));
  expect(bursts.take().map(({ count }) => count)).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11]);
  expect(bursts.take()).toEqual([]);
});

test("adds up what one participant sends of one kind", () => {
  const bursts = new BurstCounter();
  for (const reaction of ["x", "y", "x"]) bursts.add(burst("a", 1, reaction));
  expect(bursts.take()).toEqual([burst("a", 2, "x"), burst("a", 1, "y")]);
});

test("in a crowd those who come late are not remembered, and those who are there go on to count", () => {
  const bursts = new BurstCounter();
  for (let who = 0; who < 500; who++) bursts.add(burst(`${who}`));
  bursts.add(burst("late", 100));
  bursts.add(burst("7"));
  expect(bursts.take()[0]).toEqual(burst("7", 2));
});
