import { dateLocale } from "../words/en/language.ts";
import { pages as words } from "../words/en.ts";

/** A length of time in the two largest units that say something. @param ms milliseconds */
export function nameDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return words.seconds(seconds);
  if (seconds < 600) return words.minutes(Math.floor(seconds / 60), seconds % 60);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return words.minutes(minutes, 0);
  if (minutes < 24 * 60) return words.hours(Math.floor(minutes / 60), minutes % 60);
  const hours = Math.round(minutes / 60);
  return words.days(Math.floor(hours / 24), hours % 24);
}

const clock = new Intl.DateTimeFormat(dateLocale, { hour: "2-digit", minute: "2-digit" });
const exactClock = new Intl.DateTimeFormat(dateLocale, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const calendar = new Intl.DateTimeFormat(dateLocale, { day: "numeric", month: "short" });
const dayAndClock = new Intl.DateTimeFormat(dateLocale, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** The time on the clock of whoever looks: as exact as a picture of so many milliseconds needs it. */
export function nameTime(at: number, span: number): string {
  if (span < 5 * 60_000) return exactClock.format(at);
  if (span < 20 * 3_600_000) return clock.format(at);
  return span < 3 * 86_400_000 ? dayAndClock.format(at) : calendar.format(at);
}

/** Day and time. */
export const nameMoment = (at: number): string => dayAndClock.format(at);
