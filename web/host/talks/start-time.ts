import type { Talk } from "../../../shared/protocol/host/talk.ts";
import { dateLocale } from "../../words/en/language.ts";

/* When a talk starts: an instant for the service, and for a host the time on their own clock. */

/** What a field for day and time takes and gives, such as `2026-11-30T14:00`. */
export const EARLIEST = "1970-01-02T00:00";
export const LATEST = "9999-12-31T23:59";

/** (Swedish dates and times are written that way.) */
const toField = (at: number): string => new Date(at).toLocaleString("sv-SE").slice(0, 16).replace(" ", "T");

export const writeStart = (at: number | null): string => (at === null ? "" : toField(at));

/** @returns `null` for an empty field, and for what is no time */
export function readStart(field: string): number | null {
  const at = new Date(field).getTime();
  return Number.isNaN(at) ? null : at;
}

/** The day of it where its host is, as `2026-11-30`: what a talk's date is unless its host calls it something else. */
export const nameDay = (at: number): string => toField(at).slice(0, 10);

/** Where this browser's clock stands, such as `Europe/Berlin`. */
export const getZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const moment = new Intl.DateTimeFormat(dateLocale, {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});

/** When a talk is, as far as that is known: what its host calls its date, and the time; a date that says the same is said once. */
export function nameStart({ date, startsAt }: Pick<Talk, "date" | "startsAt">): string {
  if (startsAt === null) return date;
  const start = moment.format(startsAt);
  return date === nameDay(startsAt) ? start : `${date} · ${start}`;
}

/** The next one first; those whose time nobody knows yet come behind, as they were. */
export function sortByStart<T extends Pick<Talk, "startsAt">>(talks: readonly T[]): readonly T[] {
  const order = ({ startsAt }: T) => startsAt ?? Number.POSITIVE_INFINITY;
  return [...talks].sort((a, b) => (order(a) === order(b) ? 0 : order(a) - order(b)));
}
