import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { nextInstant } from "./schedule.ts";

const MINUTE = 60_000;

/** When a wall clock shows a time, in UTC. */
function tell(at: string, zone: string): string {
  const instant = nextInstant({ event: "schedule", at, zone }, { openedAt: 0, now: 0 });
  return instant === undefined ? "never" : new Date(instant).toISOString();
}

describe("a wall time in a zone is an instant", () => {
  test.each([
    // Berlin: on 28 March 2027 from 2:00 to 3:00, on 31 October from 3:00 back to 2:00.
    ["an ordinary time in winter", "2027-01-15T18:00", "Europe/Berlin", "2027-01-15T17:00:00.000Z"],
    ["… and in summer", "2027-07-15T18:00", "Europe/Berlin", "2027-07-15T16:00:00.000Z"],
    ["the minute before the jump", "2027-03-28T01:59", "Europe/Berlin", "2027-03-28T00:59:00.000Z"],
    ["the first that does not exist", "2027-03-28T02:00", "Europe/Berlin", "2027-03-28T01:00:00.000Z"],
    ["one that does not exist", "2027-03-28T02:30", "Europe/Berlin", "2027-03-28T01:00:00.000Z"],
    ["the first after the jump", "2027-03-28T03:00", "Europe/Berlin", "2027-03-28T01:00:00.000Z"],
    ["the evening after it", "2027-03-28T18:00", "Europe/Berlin", "2027-03-28T16:00:00.000Z"],
    ["the evening before it", "2027-03-27T18:00", "Europe/Berlin", "2027-03-27T17:00:00.000Z"],
    ["one that comes twice", "2027-10-31T02:30", "Europe/Berlin", "2027-10-31T00:30:00.000Z"],
    ["the first after both", "2027-10-31T03:00", "Europe/Berlin", "2027-10-31T02:00:00.000Z"],
    // New York: 14 March and 7 November 2027.
    ["one that does not exist", "2027-03-14T02:15", "America/New_York", "2027-03-14T07:00:00.000Z"],
    ["one that comes twice", "2027-11-07T01:30", "America/New_York", "2027-11-07T05:30:00.000Z"],
    ["the hour before it", "2027-11-07T00:59", "America/New_York", "2027-11-07T04:59:00.000Z"],
    ["the hour after it", "2027-11-07T02:00", "America/New_York", "2027-11-07T07:00:00.000Z"],
    // Lord Howe changes by half an hour: on 3 October 2027 from 2:00 to 2:30, on 4 April back from 2:00 to 1:30.
    ["one that does not exist", "2027-10-03T02:10", "Australia/Lord_Howe", "2027-10-02T15:30:00.000Z"],
    ["the first after the jump", "2027-10-03T02:30", "Australia/Lord_Howe", "2027-10-02T15:30:00.000Z"],
    ["one that comes twice", "2027-04-04T01:45", "Australia/Lord_Howe", "2027-04-03T14:45:00.000Z"],
    ["the first after both", "2027-04-04T02:00", "Australia/Lord_Howe", "2027-04-03T15:30:00.000Z"],
    // Without daylight saving.
    ["any", "2027-03-28T02:30", "Asia/Kolkata", "2027-03-27T21:00:00.000Z"],
    ["any", "2027-03-28T02:30", "Africa/Lagos", "2027-03-28T01:30:00.000Z"],
    ["any", "2027-03-28T02:30", "UTC", "2027-03-28T02:30:00.000Z"],
    ["any, far ahead of UTC", "2027-01-01T00:00", "Pacific/Kiritimati", "2026-12-31T10:00:00.000Z"],
    ["any, far behind it", "2027-01-01T00:00", "Pacific/Niue", "2027-01-01T11:00:00.000Z"],
    // Samoa went without a day.
    ["noon of a day that does not exist", "2011-12-30T12:00", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
    [
      "midnight where the clock jumps at midnight",
      "2027-04-25T00:00",
      "Africa/Cairo",
      "2027-04-24T22:00:00.000Z",
    ],
  ])("%s: %s in %s", (_, at, zone, expected) => {
    expect(tell(at, zone)).toBe(expected);
  });

  test("which a clock of that zone shows, unless it jumps over it; and later times are never earlier instants", () => {
    const zones = [
      "Europe/Berlin",
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "America/St_Johns",
    ];
    const minutes = fc.integer({ min: 0, max: 366 * 24 * 60 - 1 });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        minutes,
        fc.integer({ min: 1, max: 180 }),
        (zone, minute, more) => {
          const at = (past: number) =>
            new Date(Date.UTC(2027, 0, 1) + past * MINUTE).toISOString().slice(0, 16);
          const first = tell(at(minute), zone);
          expect(tell(at(minute + more), zone) >= first).toBe(true);
          const shown = new Intl.DateTimeFormat("sv", {
            timeZone: zone,
            dateStyle: "short",
            timeStyle: "short",
          })
            .format(new Date(first))
            .replace(" ", "T");
          const jump = Date.parse(`${shown}Z`) - Date.parse(`${at(minute)}Z`);
          expect(jump).toBeGreaterThanOrEqual(0);
          expect(jump).toBeLessThanOrEqual(60 * MINUTE);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a schedule comes once", () => {
  const at = { event: "schedule", at: "2027-01-15T18:00", zone: "UTC" } as const;
  const instant = Date.UTC(2027, 0, 15, 18);

  test("at its instant, and not after it", () => {
    expect(nextInstant(at, { openedAt: 0, now: instant })).toBe(instant);
    expect(nextInstant(at, { openedAt: 0, now: instant + 1 })).toBeUndefined();
  });

  test("so many minutes after the session was opened, the moment of opening included", () => {
    const openedAt = 1_795_000_000_123;
    expect(nextInstant({ event: "schedule", minutes: 0 }, { openedAt, now: openedAt })).toBe(openedAt);
    const later = openedAt + 45 * MINUTE;
    expect(nextInstant({ event: "schedule", minutes: 45 }, { openedAt, now: openedAt })).toBe(later);
    expect(nextInstant({ event: "schedule", minutes: 45 }, { openedAt, now: later + 1 })).toBeUndefined();
  });
});

describe("a schedule that goes by the start of the talk", () => {
  const startsAt = 1_795_000_000_123;
  const before = { event: "schedule", minutes: -10, from: "start" } as const;
  const after = { event: "schedule", minutes: 45, from: "start" } as const;
  const openedAt = startsAt - 30 * MINUTE;

  test("comes so many minutes before it, or after it", () => {
    expect(nextInstant(before, { openedAt, startsAt, now: openedAt })).toBe(startsAt - 10 * MINUTE);
    expect(nextInstant(after, { openedAt, startsAt, now: openedAt })).toBe(startsAt + 45 * MINUTE);
    expect(nextInstant(after, { openedAt, startsAt, now: startsAt + 46 * MINUTE })).toBeUndefined();
  });

  test("comes with an opening that is a little late, once, and not with one that is very late", () => {
    const late = startsAt - 7 * MINUTE;
    expect(nextInstant(before, { openedAt: late, startsAt, now: late })).toBe(late);
    expect(nextInstant(before, { openedAt: late, startsAt, now: late + 1 })).toBeUndefined();
    const tooLate = startsAt - 4 * MINUTE;
    expect(nextInstant(before, { openedAt: tooLate, startsAt, now: tooLate })).toBeUndefined();
  });

  test("does not come where nobody has said when the talk starts", () => {
    expect(nextInstant(before, { openedAt, now: 0 })).toBeUndefined();
  });
});

describe("a schedule that comes again and again", () => {
  const openedAt = 1_795_000_000_123;
  const every = { event: "schedule", every: 5 } as const;

  test("comes each so many minutes after the opening, however late it was last", () => {
    expect(nextInstant(every, { openedAt, now: openedAt })).toBe(openedAt + 5 * MINUTE);
    expect(nextInstant(every, { openedAt, now: openedAt + 5 * MINUTE })).toBe(openedAt + 5 * MINUTE);
    expect(nextInstant(every, { openedAt, now: openedAt + 5 * MINUTE + 1 })).toBe(openedAt + 10 * MINUTE);
    expect(nextInstant(every, { openedAt, now: openedAt + 33 * MINUTE })).toBe(openedAt + 35 * MINUTE);
  });

  test("begins after the opening for a flow that was there before it", () => {
    expect(nextInstant(every, { openedAt, now: openedAt - 10 ** 9 })).toBe(openedAt + 5 * MINUTE);
  });

  test("ends after a week where nobody ends the session", () => {
    const week = LIMITS.flowMinutes * MINUTE;
    expect(nextInstant(every, { openedAt, now: openedAt + week })).toBe(openedAt + week);
    expect(nextInstant(every, { openedAt, now: openedAt + week + 1 })).toBeUndefined();
  });
});
