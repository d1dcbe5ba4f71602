import { plural } from "../../../../words/de/plural.ts";

/** What a ranking of the quiz says, wherever it is drawn. */
export const ranking = {
  title: "Rangliste",
  unnamed: "Ohne Namen",
  points: (points: number) => plural(points, "Punkt", "Punkte"),
  /** What is said of one line to those who can't see its bar. */
  spoken: (rank: number, name: string, points: string) =>
    `Rang ${rank.toLocaleString("de")}: ${name}, ${points}`,
  nobody: "Noch hat niemand mitgemacht.",
  tookPart: (people: number) => `${plural(people, "Person hat", "Personen haben")} mitgemacht`,
  best: (shown: number, people: number) =>
    `Die besten ${shown.toLocaleString("de")} von ${people.toLocaleString("de")}, die mitgemacht haben`,
  rank: "Rang",
  name: "Name",
  pointsHead: "Punkte",
} as const;
