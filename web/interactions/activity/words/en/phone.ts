import type { ErrorCode } from "../../../../client/error.ts";
import { plural } from "../../../../words/en/plural.ts";

/** On the phone. */
export const phone = {
  open: "Question",
  closed: "Closed",
  opened: (prompt: string) => `New question: ${prompt}`,
  result: (prompt: string) => `The result is there: ${prompt}`,
  isOver: (prompt: string) => `Closed: ${prompt}`,
  place: (place: number, all: number) => `${place} of ${all}`,
  previous: "Previous question",
  next: "Next question",
  putAway: "Put this away",
  left: (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`,
  leftSpoken: (seconds: number) => `${plural(seconds, "second", "seconds")} left`,
  yours: "Your answer: ",
  round: (round: number) => `Round ${round}`,
  takeBack: "Take back",
  tookBack: "Your answer is taken back.",
  first: "Your first answer stands.",
  sending: "Sending…",
  away: "Kept on this phone, and sent once you are back online.",
  stands: "Sent. It can't be changed.",
  changes: "Sent. You can change it.",
  counted: "Your answer counts.",
  none: "You did not answer.",
  nobody: "Nobody has answered.",
  right: "Your answer is right.",
  wrong: "Your answer is not right.",
  score: (points: number, rank: number) =>
    `You have ${points.toLocaleString("en")} points in the quiz: rank ${rank.toLocaleString("en")}.`,
  kept: (count: number) => `${plural(count, "answer", "answers")} kept, sent once you are back online`,
  /** Why an answer is not kept. */
  refused: (code: ErrorCode): string => REFUSED[code] ?? "Your answer was not taken. Please try again.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  activity_closed: "It closed before your answer arrived.",
  activity_not_found: "This question is not there any more.",
  answer_fixed: "Your first answer stands: it can't be changed.",
  answer_not_valid: "This answer does not fit the question. Please try another one.",
  too_many_words: "There is no room for another new answer. Please give one that is there already.",
  blocked: "The host does not take your answers at the moment.",
  network: "Your answer could not be sent.",
};
