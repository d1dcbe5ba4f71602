import { expect, test } from "vitest";
import { BurstWindow } from "./bursts.ts";

const burst = (participant: string, reaction: string, count: number) => ({
  participant,
  page: "1.0",
  reaction,
  count,
});

test("who reacts a lot within ten seconds is lively, and no longer after that", () => {
  const bursts = new BurstWindow();
  bursts.add([burst("a", "👍", 5), burst("b", "👏", 2)], 0);
  expect(bursts.list(0)).toEqual([]);
  bursts.add([burst("a", "😡", 6), burst("b", "👏", 1)], 4000);
  expect(bursts.list(5000)).toEqual([{ participant: "a", count: 11, reactions: ["😡", "👍"] }]);
  expect(bursts.list(10_001)).toEqual([]);
});

test("the three liveliest are listed, largest first", () => {
  const bursts = new BurstWindow();
  bursts.add(
    ["a", "b", "c", "d"].map((who, index) => burst(who, "👍", 10 + index)),
    0,
  );
  expect(bursts.list(1).map(({ participant }) => participant)).toEqual(["d", "c", "b"]);
});
