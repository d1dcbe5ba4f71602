import { nameMoment } from "../ui/duration.ts";
import { dateLocale } from "../words/en/language.ts";

const day = new Intl.DateTimeFormat(dateLocale, { day: "numeric", month: "short", year: "numeric" });

/** Day and time, and for another year that instead of the time. @param at milliseconds since 1970 */
export const nameWhen = (at: number): string =>
  new Date(at).getFullYear() === new Date().getFullYear() ? nameMoment(at) : day.format(at);
