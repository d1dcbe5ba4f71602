import { dateLocale } from "../words/en/language.ts";
import { phoneStart as words } from "../words/en/phone-start.ts";

const MINUTE = 60_000;
/** A talk that is so much too late begins on another day, or never: nothing is promised any more. */
const LATE_MS = 180 * MINUTE;

/** How long it still takes, as one would say it to a neighbour; nothing long after it. @param ms until the planned start */
export function nameWait(ms: number): string {
  if (ms < -LATE_MS) return "";
  if (ms <= 0) return words.left.anyMoment;
  const minutes = Math.ceil(ms / MINUTE);
  if (minutes < 90) return words.left.minutes(minutes);
  const hours = Math.round(minutes / 60);
  return hours < 36 ? words.left.hours(hours) : words.left.days(Math.round(hours / 24));
}

const time = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;
const day = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
const clock = new Intl.DateTimeFormat(dateLocale, time);
const dayAndClock = new Intl.DateTimeFormat(dateLocale, { ...day, ...time });

/** When it starts, on the clock of whoever looks. */
export function nameStart(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? words.today(clock.format(at)) : words.day(dayAndClock.format(at));
}
