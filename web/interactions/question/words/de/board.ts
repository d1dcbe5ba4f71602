import { form, plural } from "../../../../words/de/plural.ts";

/** What is said of questions where the room looks at them. */
export const board = {
  title: "Fragen aus dem Publikum",
  figure: "Fragen",
  nothing: "Noch keine Fragen. Fragen lässt sich auf dem Handy.",
  nothingLeft: "Alle Fragen sind beantwortet.",
  more: (count: number) => `und ${plural(count, "weitere Frage", "weitere Fragen")} auf dem Handy`,
  votes: (count: number) => form(count, "Stimme", "Stimmen"),
  pinned: "Die Frage, die gerade beantwortet wird",
  answered: "Beantwortet",
  answer: "Antwort",
} as const;
