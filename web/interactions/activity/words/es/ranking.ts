import { number, plural } from "../../../../words/es/plural.ts";

/** What a ranking of the quiz says, wherever it is drawn. */
export const ranking = {
  title: "Clasificación",
  unnamed: "Sin nombre",
  points: (points: number) => plural(points, "punto", "puntos"),
  /** What is said of one line to those who can't see its bar. */
  spoken: (rank: number, name: string, points: string) => `Puesto ${number(rank)}: ${name}, ${points}`,
  nobody: "Todavía no ha participado nadie.",
  tookPart: (people: number) => plural(people, "participante", "participantes"),
  best: (shown: number, people: number) =>
    `Los mejores ${number(shown)} de ${plural(people, "participante", "participantes")}`,
  rank: "Puesto",
  name: "Nombre",
  pointsHead: "Puntos",
} as const;
