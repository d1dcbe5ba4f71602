import { plural } from "../../../../words/en/plural.ts";

/** What a ranking of the quiz says, wherever it is drawn. */
export const ranking = {
  title: "Ranking",
  unnamed: "Unnamed",
  points: (points: number) => plural(points, "point", "points"),
  /** What is said of one line to those who can't see its bar. */
  spoken: (rank: number, name: string, points: string) =>
    `Rank ${rank.toLocaleString("en")}: ${name}, ${points}`,
  nobody: "Nobody has taken part yet.",
  tookPart: (people: number) => `${plural(people, "person", "people")} took part`,
  best: (shown: number, people: number) =>
    `The best ${shown.toLocaleString("en")} of ${people.toLocaleString("en")} people who took part`,
  rank: "Rank",
  name: "Name",
  pointsHead: "Points",
} as const;
