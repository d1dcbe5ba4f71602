import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type CalendarEvent, writeCalendar } from "./calendar-event.ts";

const event: CalendarEvent = {
  uid: "ATUuF0XrfsGDqRZUhAvlu-0ctf@talks.example.org",
  name: "On rooms",
  url: "https://talks.example.org/join?session=ATUuF0XrfsGDqRZUhAvlu-0ctf",
  startsAt: Date.UTC(2026, 10, 30, 13, 5),
  endsAt: Date.UTC(2026, 10, 30, 14, 5),
  now: Date.UTC(2026, 10, 20, 8, 0, 9, 123),
};

/** What a calendar reads, after RFC 5545: lines unfolded (3.1), names and values apart, texts as they were (3.3.11). */
function read(file: string): [name: string, value: string][] {
  return file
    .replaceAll("\r\n ", "")
    .split("\r\n")
    .slice(0, -1)
    .map((line) => {
      const [, name = "", value = ""] = /^([A-Z-]+):(.*)$/s.exec(line) ?? [];
      const text = value.replaceAll(/\\(.)/gs, (_, escaped: string) =>
        escaped.toLowerCase() === "n" ? "\n" : escaped,
      );
      return [name, name === "URL" ? value : text];
    });
}

const getValue = (file: string, name: string) => read(file).find(([one]) => one === name)?.[1];

/** Lines end with CRLF and nothing else, have at most 75 bytes and no control character, and are whole UTF-8. */
function checkLines(file: string): void {
  expect(file.endsWith("\r\n")).toBe(true);
  for (const line of file.split("\r\n")) {
    expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(line.isWellFormed()).toBe(true);
    expect(line).not.toMatch(/(?!\t)\p{Cc}/u);
  }
}

test("a talk is one event, with its times in UTC", () => {
  const file = writeCalendar(event);
  checkLines(file);
  expect(read(file)).toEqual([
    ["BEGIN", "VCALENDAR"],
    ["VERSION", "2.0"],
    ["PRODID", "-//revint//revint//EN"],
    ["BEGIN", "VEVENT"],
    ["UID", event.uid],
    ["DTSTAMP", "20261120T080009Z"],
    ["DTSTART", "20261130T130500Z"],
    ["DTEND", "20261130T140500Z"],
    ["SUMMARY", "On rooms"],
    ["DESCRIPTION", event.url],
    ["URL", event.url],
    ["END", "VEVENT"],
    ["END", "VCALENDAR"],
  ]);
});

test.each([
  "One, two; three: four \\ five \\n six",
  "Ends with a backslash \\",
  "END:VEVENT",
  "Rooms\nEND:VEVENT\nBEGIN:VALARM",
  "x".repeat(200),
  "🎉".repeat(200),
  "👩‍👩‍👧‍👦".repeat(28),
  "房间".repeat(100),
  `${"a".repeat(66)}é${"b".repeat(80)}`,
  "غرف وأصداء",
  " leading and trailing ",
])("the name %j is read as it was", (name) => {
  const file = writeCalendar({ ...event, name });
  checkLines(file);
  expect(getValue(file, "SUMMARY")).toBe(name);
  expect(read(file)).toHaveLength(13);
});

test.each([
  ["Rooms\r\nEND:VEVENT", "Rooms\nEND:VEVENT"],
  ["Rooms\rand halls", "Rooms\nand halls"],
  ["Rooms\u2028and halls", "Rooms\nand halls"],
  ["Rooms\u0000 and\u0007 halls\u007f", "Rooms and halls"],
  ["Rooms\tand halls", "Rooms\tand halls"],
])("in the name %j breaks are line breaks, and what a file may not hold is gone", (name, expected) => {
  const file = writeCalendar({ ...event, name });
  checkLines(file);
  expect(getValue(file, "SUMMARY")).toBe(expected);
});

test("no name makes a second event, or another field", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
      const file = writeCalendar({ ...event, name });
      checkLines(file);
      expect(read(file).map(([field]) => field)).toEqual(read(writeCalendar(event)).map(([field]) => field));
    }),
  );
});
