import { plural } from "../../../../words/en/plural.ts";

/** What the results say of activities. */
export const results = {
  title: "What the room was asked",
  figure: "Questions asked",
  open: "still open",
  answeredBy: (people: number) => `${plural(people, "person", "people")} answered`,
  round: (round: number) => `Round ${round}`,
  all: (count: number) => `All ${count.toLocaleString("en")} answers as a table`,
  quiz: "Ranking of the quiz",
  answer: "Answer",
  people: "People",
} as const;
