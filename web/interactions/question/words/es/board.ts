import { plural } from "../../../../words/es/plural.ts";

/** What is said of questions where the room looks at them. */
export const board = {
  title: "Preguntas de la sala",
  figure: "Preguntas",
  nothing: "Aún no hay preguntas. Haz la tuya en tu teléfono.",
  nothingLeft: "Todas las preguntas están respondidas.",
  more: (count: number) => `y ${plural(count, "pregunta", "preguntas")} más en tu teléfono`,
  votes: (count: number) => (count === 1 ? "voto" : "votos"),
  pinned: "La pregunta que se responde ahora",
  answered: "Respondidas",
  answer: "Respuesta",
} as const;
