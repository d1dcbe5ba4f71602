import type { AnswerValue } from "./tally.ts";

/** One line of `GET …/answers/export`: what somebody has answered, or that they took it back. */
export interface AnswerRow {
  /** ISO 8601. */
  readonly time: string;
  readonly activity: string;
  readonly round: number;
  /** In CSV a text as it is, and ids or words with `; ` between them. Null where the answer was taken back. */
  readonly value: AnswerValue | null;
  /** From the moment that the participant's room heard of the opening; null where the answer was taken back. */
  readonly elapsedMs: number | null;
  /** What the answer is worth, where it stands; null where it is to no question of the quiz that counts. */
  readonly points: number | null;
  /** Stable inside one export; leads to no uid. */
  readonly participant: number;
  readonly cursor: string;
}
