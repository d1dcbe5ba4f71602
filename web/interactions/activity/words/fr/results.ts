import { form, plural } from "../../../../words/fr/plural.ts";

/** What the results say of activities. */
export const results = {
  title: "Ce qui a été demandé au public",
  figure: "Questions posées",
  open: "encore ouverte",
  answeredBy: (people: number) =>
    `${plural(people, "personne", "personnes")} ${form(people, "a répondu", "ont répondu")}`,
  round: (round: number) => `Tour ${round}`,
  all: (count: number) =>
    count === 1 ? "1 réponse en tableau" : `Les ${plural(count, "réponse", "réponses")} en tableau`,
  quiz: "Classement du quiz",
  answer: "Réponse",
  people: "Personnes",
} as const;
