import { plural } from "../../../../words/es/plural.ts";

/** What the results say of questions from the audience. */
export const results = {
  title: "Lo que preguntó la sala",
  figure: "Preguntas de la sala",
  sort: "Orden",
  sorts: { votes: "Por votos", asked: "Según llegaron" },
  votes: (count: number) => (count === 1 ? "voto" : "votos"),
  status: {
    published: "sin responder",
    answered: "respondida",
    pending: "sin publicar",
    hidden: "oculta",
  },
  merged: "unida a otra",
  unseen: (count: number) => `${plural(count, "pregunta", "preguntas")} que la sala no vio`,
} as const;
