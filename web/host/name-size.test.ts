import { expect, test } from "vitest";
import { nameSize } from "./name-size.ts";

test("bytes are told in the unit that says something", () => {
  expect([0, 1, 999, 12_345, 3_400_000, 2e9, 5e12].map(nameSize)).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "12 kB",
    "3.4 MB",
    "2 GB",
    "5,000 GB",
  ]);
});
