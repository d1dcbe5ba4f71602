import { plural } from "../../../../words/de/plural.ts";

/** What the results say of activities. */
export const results = {
  title: "Was das Publikum gefragt wurde",
  figure: "Gestellte Fragen",
  open: "noch offen",
  answeredBy: (people: number) => `${plural(people, "Person hat", "Personen haben")} geantwortet`,
  round: (round: number) => `Runde ${round}`,
  all: (count: number) =>
    count === 1 ? "1 Antwort als Tabelle" : `Alle ${count.toLocaleString("de")} Antworten als Tabelle`,
  quiz: "Rangliste des Quiz",
  answer: "Antwort",
  people: "Personen",
} as const;
