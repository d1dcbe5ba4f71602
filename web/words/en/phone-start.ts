import { plural } from "./plural.ts";

const clock = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;
const day = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;

/** When a talk starts, on the phone page: loaded where that is known, and it has not begun. Times are in the reader's own zone. */
export const phoneStart = {
  today: (at: number) => `Planned for today, ${new Date(at).toLocaleTimeString("en-GB", clock)}`,
  day: (at: number) => `Planned for ${new Date(at).toLocaleString("en-GB", { ...day, ...clock })}`,
  /** How long that still takes. */
  left: {
    anyMoment: "It begins any moment.",
    minutes: (count: number) => `In ${plural(count, "minute", "minutes")}.`,
    hours: (count: number) => `In about ${plural(count, "hour", "hours")}.`,
    days: (count: number) => `In ${plural(count, "day", "days")}.`,
  },
  calendar: {
    add: "Add to calendar",
    file: "talk.ics",
    done: "It is a file now, talk.ics: open it, and your calendar takes the talk over.",
  },
} as const;
