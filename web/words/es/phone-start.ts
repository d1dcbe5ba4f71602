import { plural } from "./plural.ts";

/** When a talk starts, on the phone page: loaded where that is known, and it has not begun. */
export const phoneStart = {
  today: (time: string) => `Prevista para hoy, ${time}`,
  day: (dayAndTime: string) => `Prevista para el ${dayAndTime}`,
  /** How long that still takes. */
  left: {
    anyMoment: "Empieza en cualquier momento.",
    minutes: (count: number) => `En ${plural(count, "minuto", "minutos")}.`,
    hours: (count: number) => `En unas ${plural(count, "hora", "horas")}.`,
    days: (count: number) => `En ${plural(count, "día", "días")}.`,
  },
  calendar: {
    add: "Añadir al calendario",
    file: "charla.ics",
    done: "El archivo charla.ics está guardado: ábrelo y tu calendario añade la charla.",
  },
} as const;
