import { plural } from "./plural.ts";

/** When a talk starts, on the phone page: loaded where that is known, and it has not begun. */
export const phoneStart = {
  today: (time: string) => `Planned for today, ${time}`,
  day: (dayAndTime: string) => `Planned for ${dayAndTime}`,
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
