import { expect, test } from "vitest";
import { comparePages } from "./page-order.ts";

test("a stack's slides stand below its first one, whatever was shown first", () => {
  const shown = ["10.0", "0", "3.0", "9.0", "3.10", "vote", "3.2", "3.1", "0.0", "break"];
  expect([...shown].sort(comparePages)).toEqual([
    "0",
    "0.0",
    "3.0",
    "3.1",
    "3.2",
    "3.10",
    "9.0",
    "10.0",
    "vote",
    "break",
  ]);
});
