import { form, plural } from "../../../../words/de/plural.ts";

/** What the results say of questions from the audience. */
export const results = {
  title: "Was das Publikum gefragt hat",
  figure: "Fragen aus dem Publikum",
  sort: "Sortierung",
  sorts: { votes: "Nach Stimmen", asked: "Nach Zeit" },
  votes: (count: number) => form(count, "Stimme", "Stimmen"),
  status: {
    published: "nicht beantwortet",
    answered: "beantwortet",
    pending: "nicht freigegeben",
    hidden: "ausgeblendet",
  },
  merged: "mit einer anderen zusammengeführt",
  unseen: (count: number) => `${plural(count, "Frage", "Fragen")}, vom Publikum nicht gesehen`,
} as const;
