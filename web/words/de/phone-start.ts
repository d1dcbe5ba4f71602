import { plural } from "./plural.ts";

/** When a talk starts, on the phone page: loaded where that is known, and it has not begun. */
export const phoneStart = {
  today: (time: string) => `Geplant für heute, ${time}`,
  day: (dayAndTime: string) => `Geplant für ${dayAndTime}`,
  /** How long that still takes. */
  left: {
    anyMoment: "Es geht jeden Moment los.",
    minutes: (count: number) => `In ${plural(count, "Minute", "Minuten")}.`,
    hours: (count: number) => `In etwa ${plural(count, "Stunde", "Stunden")}.`,
    days: (count: number) => `In ${plural(count, "Tag", "Tagen")}.`,
  },
  calendar: {
    add: "In den Kalender",
    file: "vortrag.ics",
    done: "Die Datei vortrag.ics ist gespeichert: Wer sie öffnet, hat den Vortrag im Kalender.",
  },
} as const;
