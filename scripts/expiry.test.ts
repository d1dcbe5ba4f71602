import { describe, expect, test } from "vitest";
import { nameExpiry, readExpiry } from "./expiry.ts";

const now = Date.parse("2026-11-20T10:00:00Z");

describe("until when a token is good", () => {
  test("is the end of the day that was given, everywhere on earth", () => {
    expect(nameExpiry(readExpiry("2026-12-31", "spring", now))).toBe("2027-01-01 12:00 UTC");
  });

  test("is so many days after the talk, whenever it is signed", () => {
    const expiry = readExpiry("30d", "2026-12-01", now);
    expect(expiry).toBe(readExpiry("2026-12-31", "", now));
    expect(readExpiry("30 days", "2026-12-01", now + 7 * 86_400_000)).toBe(expiry);
  });

  test("is a whole number of seconds", () => {
    expect(Number.isInteger(readExpiry("2026-12-31", "", now))).toBe(true);
  });

  test.each(["tomorrow", "2026-02-31", "2026-13-01", "31.12.2026", "-1d", "1.5d", ""])(
    "is not read from %j",
    (text) => {
      expect(() => readExpiry(text, "2026-12-01", now)).toThrow("--expires takes a day");
    },
  );

  test("can't be counted from a date that is no day", () => {
    expect(() => readExpiry("30d", "spring", now)).toThrow('"spring" is no day');
  });

  test("is never over before it begins", () => {
    expect(() => readExpiry("2026-11-18", "", now)).toThrow("over already");
    expect(readExpiry("2026-11-19", "", now)).toBeGreaterThan(now / 1000);
  });
});
