import { expect, test } from "vitest";
import { plural } from "./plural.ts";

test.each([
  [0, "0 personas"],
  [1, "1 persona"],
  [2, "2 personas"],
  [12345, "12.345 personas"],
  [1_000_000, "1.000.000 de personas"],
  [1_000_001, "1.000.001 personas"],
])("%d people are %s", (count, expected) => {
  expect(plural(count, "persona", "personas")).toBe(expected);
});
