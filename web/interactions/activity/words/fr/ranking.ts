import { plural } from "../../../../words/fr/plural.ts";

/** What a ranking of the quiz says, wherever it is drawn. */
export const ranking = {
  title: "Classement",
  unnamed: "Sans nom",
  points: (points: number) => plural(points, "point", "points"),
  /** What is said of one line to those who can't see its bar. */
  spoken: (rank: number, name: string, points: string) =>
    `Rang ${rank.toLocaleString("fr")} : ${name}, ${points}`,
  nobody: "Personne n’a encore participé.",
  tookPart: (people: number) => plural(people, "participant", "participants"),
  best: (shown: number, people: number) =>
    `Les ${shown.toLocaleString("fr")} meilleurs sur ${plural(people, "participant", "participants")}`,
  rank: "Rang",
  name: "Nom",
  pointsHead: "Points",
} as const;
