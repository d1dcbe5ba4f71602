import type { QuestionStatus } from "./question.ts";

/** One line of `GET …/questions/export`, in the order of asking. */
export interface QuestionRow {
  /** ISO 8601. */
  readonly time: string;
  readonly question: string;
  readonly text: string;
  /** Empty where it was asked without a name. */
  readonly name: string;
  readonly status: QuestionStatus;
  readonly votes: number;
  readonly pinned: boolean;
  /** What the host has written to it, or nothing. */
  readonly answer: string;
}
