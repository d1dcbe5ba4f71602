import { expect, test } from "vitest";
import { mergeBuckets } from "./buckets.ts";

test("of several ledgers they are one ledger's, oldest first", () => {
  expect(
    mergeBuckets([
      [
        { at: 2000, topic: "reaction:1", count: 1 },
        { at: 5000, topic: "reaction:1", count: 2 },
      ],
      [],
      [
        { at: 0, topic: "reaction:2", count: 3 },
        { at: 2000, topic: "reaction:1", count: 4 },
        { at: 2000, topic: "reaction:2", count: 5 },
      ],
    ]),
  ).toEqual([
    { at: 0, page: "2", count: 3 },
    { at: 2000, page: "1", count: 5 },
    { at: 2000, page: "2", count: 5 },
    { at: 5000, page: "1", count: 2 },
  ]);
});
