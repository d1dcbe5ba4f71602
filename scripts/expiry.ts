import { Failure } from "./failure.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAYS_AFTER = /^(\d{1,4})\s*d(ays?)?$/;

const DAY_MS = 86_400_000;
/** Noon in Greenwich after it: by then a day has ended everywhere on earth. */
const LAST_HOURS_MS = 1.5 * DAY_MS;

/**
 * Reads until when a token is to be good: a day, `2026-12-31`, or days after the talk's, `30d`. It counts from
 * the talk and not from now, and in no particular time zone, so that signing again gives the same token.
 * @returns seconds since 1970, when that day has ended everywhere
 * @throws Failure when it is neither, or over already
 */
export function readExpiry(text: string, date: string, now = Date.now()): number {
  const [, days] = DAYS_AFTER.exec(text) ?? [];
  const day = days === undefined ? readDay(text) : readDay(date);
  if (day === undefined) {
    throw new Failure(
      days === undefined
        ? `--expires takes a day, such as 2026-12-31, or days after the talk's date, such as 30d, not "${text}".`
        : `${text} counts from --date, and "${date}" is no day such as 2026-12-31. Give the last day instead.`,
    );
  }
  const end = day + Number(days ?? 0) * DAY_MS + LAST_HOURS_MS;
  if (end <= now) throw new Failure(`--expires ${text} is over already: nobody would accept this token.`);
  return end / 1000;
}

/** Until when, for people. */
export const nameExpiry = (exp: number): string =>
  new Date(exp * 1000).toISOString().replace(/T(\d\d:\d\d).*/, " $1 UTC");

/** When this day begins in Greenwich, in milliseconds since 1970. */
function readDay(text: string): number | undefined {
  const time = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 2026-02-31 is read as a day of March.
  const isDay = Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
  return isDay ? time : undefined;
}
