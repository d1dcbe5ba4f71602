import { plural } from "./plural.ts";

/** When a talk starts, on the phone page: loaded where that is known, and it has not begun. */
export const phoneStart = {
  today: (time: string) => `Prévue aujourd’hui, ${time}`,
  day: (dayAndTime: string) => `Prévue ${dayAndTime}`,
  /** How long that still takes. */
  left: {
    anyMoment: "Elle commence d’un instant à l’autre.",
    minutes: (count: number) => `Dans ${plural(count, "minute", "minutes")}.`,
    hours: (count: number) => `Dans ${plural(count, "heure", "heures")} environ.`,
    days: (count: number) => `Dans ${plural(count, "jour", "jours")}.`,
  },
  calendar: {
    add: "Ajouter à l’agenda",
    file: "conference.ics",
    done: "Le fichier conference.ics est enregistré : ouvrez-le, et votre agenda reprend la conférence.",
  },
} as const;
