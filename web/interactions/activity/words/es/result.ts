import { plural } from "../../../../words/es/plural.ts";

const people = (count: number) => plural(count, "persona", "personas");

/** What every result says, wherever it is drawn. */
export const result = {
  people,
  answered: (count: number) =>
    count === 0 ? "Aún no ha respondido nadie" : plural(count, "persona respondió", "personas respondieron"),
  haveAnswered: (count: number) => (count === 1 ? "persona ha respondido" : "personas han respondido"),
  final: "resultado final",
  /** Why nobody sees counts, by when they are shown. */
  hidden: {
    live: "El resultado llega en un momento.",
    closed: "El resultado llega cuando esto se cierre.",
    host: "El resultado llega cuando el ponente lo muestre.",
  },
  round: (round: number) => `Ronda ${round}`,
  right: "correcta",
  mean: (mean: string) => `Media ${mean}`,
  median: (median: string) => `Mediana ${median}`,
} as const;
