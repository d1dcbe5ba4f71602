import { number, plural } from "../../../../words/es/plural.ts";

/** What the results say of activities. */
export const results = {
  title: "Lo que se preguntó a la sala",
  figure: "Preguntas hechas",
  open: "aún abierta",
  answeredBy: (people: number) => plural(people, "persona respondió", "personas respondieron"),
  round: (round: number) => `Ronda ${round}`,
  all: (count: number) => `Todas las respuestas en una tabla (${number(count)})`,
  quiz: "Clasificación del quiz",
  answer: "Respuesta",
  people: "Personas",
} as const;
