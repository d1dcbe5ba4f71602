/** A talk, as a calendar keeps it. Times are in milliseconds since 1970. */
export interface CalendarEvent {
  /** Names it for good: added again, it takes the place of what was there. */
  readonly uid: string;
  readonly name: string;
  /** Where it is followed. */
  readonly url: string;
  readonly startsAt: number;
  readonly endsAt: number;
  /** When this is written. */
  readonly now: number;
}

/** A file with one event, which every calendar reads (RFC 5545). */
export function writeCalendar({ uid, name, url, startsAt, endsAt, now }: CalendarEvent): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//revint//revint//EN",
    "BEGIN:VEVENT",
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${writeTime(now)}`,
    `DTSTART:${writeTime(startsAt)}`,
    `DTEND:${writeTime(endsAt)}`,
    `SUMMARY:${escapeText(name)}`,
    // Calendars show one of these two as a link, and not all the same one.
    `DESCRIPTION:${escapeText(url)}`,
    `URL:${url}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

/** In UTC, so that no time zone has to be described: `20261130T130000Z`. */
const writeTime = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, "");

/** (3.3.11) A line break is a `\n`; other control characters may not be there at all. */
const escapeText = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, "\\$&")
    .replaceAll(/\r\n?|[\n\u0085\u2028\u2029]/g, "\\n")
    .replaceAll(/(?!\t)\p{Cc}/gu, "");

/** Bytes of a line, without its end. */
const LINE_BYTES = 75;

/** (3.1) A long line goes on in the next one, behind a space. No character is cut in two. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = "";
  let left = LINE_BYTES;
  for (const character of line) {
    const bytes = encoder.encode(character).length;
    if (bytes > left) {
      folded += "\r\n ";
      left = LINE_BYTES - 1;
    }
    folded += character;
    left -= bytes;
  }
  return folded;
}
