import { form, plural } from "../../../../words/de/plural.ts";

const people = (count: number) => plural(count, "Person", "Personen");

/** What every result says, wherever it is drawn. */
export const result = {
  people,
  answered: (count: number) =>
    count === 0
      ? "Noch hat niemand geantwortet"
      : `${plural(count, "Person hat", "Personen haben")} geantwortet`,
  haveAnswered: (count: number) => form(count, "Person hat geantwortet", "Personen haben geantwortet"),
  final: "Endergebnis",
  /** Why nobody sees counts, by when they are shown. */
  hidden: {
    live: "Das Ergebnis kommt gleich.",
    closed: "Das Ergebnis kommt nach dem Schließen.",
    host: "Das Ergebnis kommt, sobald es im Vortrag gezeigt wird.",
  },
  round: (round: number) => `Runde ${round}`,
  right: "richtig",
  mean: (mean: string) => `Mittelwert ${mean}`,
  median: (median: string) => `Median ${median}`,
} as const;
