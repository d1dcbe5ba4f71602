import { expect, test } from "vitest";
import { nameElapsed } from "./elapsed.ts";

test("a clock counts seconds, minutes and hours", () => {
  const names = [-5, 999, 9_000, 61_000, 3_599_999, 3_600_000, 36_061_000].map(nameElapsed);
  expect(names).toEqual(["0:00", "0:00", "0:09", "1:01", "59:59", "1:00:00", "10:01:01"]);
});
