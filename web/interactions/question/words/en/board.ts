import { plural } from "../../../../words/en/plural.ts";

/** What is said of questions where the room looks at them. */
export const board = {
  title: "Questions from the room",
  figure: "Questions",
  nothing: "No questions yet. Ask yours on your phone.",
  nothingLeft: "Every question is answered.",
  more: (count: number) => `and ${plural(count, "more question", "more questions")} on your phone`,
  votes: (count: number) => (count === 1 ? "vote" : "votes"),
  pinned: "The question that is answered now",
  answered: "Answered",
  answer: "Answer",
} as const;
