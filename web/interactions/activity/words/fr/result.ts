import { form, plural } from "../../../../words/fr/plural.ts";

const people = (count: number) => plural(count, "personne", "personnes");

/** What every result says, wherever it is drawn. */
export const result = {
  people,
  answered: (count: number) =>
    count === 0
      ? "Personne n’a encore répondu"
      : `${people(count)} ${form(count, "a répondu", "ont répondu")}`,
  haveAnswered: (count: number) => form(count, "personne a répondu", "personnes ont répondu"),
  final: "résultat final",
  /** Why nobody sees counts, by when they are shown. */
  hidden: {
    live: "Le résultat arrive dans un instant.",
    closed: "Le résultat arrive après la fermeture.",
    host: "Le résultat arrive quand l’orateur l’affiche.",
  },
  round: (round: number) => `Tour ${round}`,
  right: "juste",
  mean: (mean: string) => `Moyenne ${mean}`,
  median: (median: string) => `Médiane ${median}`,
} as const;
