import { expect, test } from "vitest";
import { getTreeDepth } from "./tree-depth.ts";

test("500 rooms are three levels deep", () => {
  expect([1, 2, 33, 34, 500].map((rooms) => getTreeDepth(rooms, 32))).toEqual([1, 2, 2, 3, 3]);
});
