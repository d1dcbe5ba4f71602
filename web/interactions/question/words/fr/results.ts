import { form, plural } from "../../../../words/fr/plural.ts";

/** What the results say of questions from the audience. */
export const results = {
  title: "Ce que la salle a demandé",
  figure: "Questions de la salle",
  sort: "Tri",
  sorts: { votes: "Par votes", asked: "Par heure" },
  votes: (count: number) => form(count, "vote", "votes"),
  status: {
    published: "non traitée",
    answered: "traitée",
    pending: "non publiée",
    hidden: "masquée",
  },
  merged: "fusionnée avec une autre",
  unseen: (count: number) => `${plural(count, "question non vue", "questions non vues")} par la salle`,
} as const;
