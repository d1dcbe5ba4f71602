import { form, plural } from "../../../../words/fr/plural.ts";

/** What is said of questions where the room looks at them. */
export const board = {
  title: "Questions de la salle",
  figure: "Questions",
  nothing: "Pas encore de questions. Posez la vôtre sur votre téléphone.",
  nothingLeft: "Toutes les questions ont reçu une réponse.",
  more: (count: number) => `et ${plural(count, "autre question", "autres questions")} sur votre téléphone`,
  votes: (count: number) => form(count, "vote", "votes"),
  pinned: "La question traitée en ce moment",
  answered: "Traitée",
  answer: "Réponse",
} as const;
