/** Option ids, ordered ones for `order`; words; a number; or a text. */
export type AnswerValue = readonly string[] | number | string;

/** What people have answered in one round. Shares are of `people`, not of ticks. */
export interface Tally {
  readonly round: number;
  /** Who has answered. */
  readonly people: number;
  /** By option, word or number; of `order`, who has put it first. Of words, the most frequent ones. */
  readonly counts: Readonly<Record<string, number>>;
  /** `scale` and `number`. */
  readonly mean?: number | undefined;
  readonly median?: number | undefined;
  /** `order`: each option's mean place, from 1. */
  readonly ranks?: Readonly<Record<string, number>> | undefined;
  /** Nothing changes it any more, unless the round is opened again. */
  readonly final?: true | undefined;
}
