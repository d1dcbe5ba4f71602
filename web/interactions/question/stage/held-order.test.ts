import fc from "fast-check";
import { expect, test } from "vitest";
import { holdOrder } from "./held-order.ts";

test("what comes at the end is shown at once, for it moves nothing", () => {
  expect(holdOrder([], ["a", "b"])).toEqual({ ids: ["a", "b"], changes: 0 });
  expect(holdOrder(["a"], ["a", "b"])).toEqual({ ids: ["a", "b"], changes: 0 });
});

test("what is new, gone, or has moved stays as it was, and is counted", () => {
  expect(holdOrder(["a", "b"], ["n", "a", "b"])).toEqual({ ids: ["a", "b"], changes: 1 });
  expect(holdOrder(["a", "b", "c"], ["a", "c"])).toEqual({ ids: ["a", "b", "c"], changes: 1 });
  // One has passed three others: that is one change, and not four.
  expect(holdOrder(["a", "b", "c", "d"], ["d", "a", "b", "c"])).toEqual({
    ids: ["a", "b", "c", "d"],
    changes: 1,
  });
});

test("changes are none exactly when it is what it would be now", () => {
  const ids = fc.uniqueArray(fc.constantFrom(..."abcdefgh"));
  fc.assert(
    fc.property(ids, ids, (shown, fresh) => {
      const held = holdOrder(shown, fresh);
      expect(held.changes === 0).toBe(JSON.stringify(held.ids) === JSON.stringify(fresh));
      expect(held.changes).toBeLessThanOrEqual(shown.length + fresh.length);
    }),
  );
});
