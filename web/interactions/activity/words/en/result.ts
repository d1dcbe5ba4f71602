import { plural } from "../../../../words/en/plural.ts";

const people = (count: number) => plural(count, "person", "people");

/** What every result says, wherever it is drawn. */
export const result = {
  people,
  answered: (count: number) => (count === 0 ? "Nobody has answered yet" : `${people(count)} answered`),
  haveAnswered: (count: number) => (count === 1 ? "person has answered" : "people have answered"),
  final: "final result",
  /** Why nobody sees counts, by when they are shown. */
  hidden: {
    live: "The result comes in a moment.",
    closed: "The result comes once this is closed.",
    host: "The result comes when the speaker shows it.",
  },
  round: (round: number) => `Round ${round}`,
  right: "right",
  mean: (mean: string) => `Mean ${mean}`,
  median: (median: string) => `Median ${median}`,
} as const;
