import { expect, test } from "vitest";
import { getParent } from "./room-tree.ts";

test("a heap: every room but the root has one parent, and no parent has more than F children", () => {
  const children = Map.groupBy(
    Array.from({ length: 500 }, (_, room) => room),
    (room) => getParent(room, 32) ?? -1,
  );
  expect(children.get(-1)).toEqual([0]);
  expect(children.get(0)).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
  for (const some of children.values()) expect(some.length).toBeLessThanOrEqual(32);
});
