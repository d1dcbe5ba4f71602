import { expect, test } from "vitest";
import { readRetryAfter } from "./retry-after.ts";

const now = Date.parse("2026-11-20T12:00:00Z");

test("when to come back may be seconds or a date", () => {
  expect(readRetryAfter("30", now)).toBe(30);
  expect(readRetryAfter("0.4", now)).toBe(1);
  expect(readRetryAfter("Fri, 20 Nov 2026 12:01:30 GMT", now)).toBe(90);
  expect(readRetryAfter("Friday, 20-Nov-26 12:01:30 GMT", now)).toBe(90);
  expect(readRetryAfter("Fri, 20 Nov 2026 11:00:00 GMT", now)).toBe(0);
});

test("what is neither says nothing", () => {
  for (const text of [null, "", "soon", "-5", "1 hour", "NaN", "Fri, 99 Foo 2026"]) {
    expect(readRetryAfter(text, now), String(text)).toBeUndefined();
  }
});
