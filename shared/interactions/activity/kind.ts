import type { BaseDefinition } from "./definition.ts";
import type { AnswerValue, Tally } from "./tally.ts";

/** Counts of one round, by key. */
export type RoundCounts = Readonly<Record<string, number>>;

/** What is particular about one kind of activity, but for how it looks. */
export interface Kind<D extends BaseDefinition> {
  /** Answers that were given stay what they are as long as this is the same. */
  getMeaning(definition: D): unknown;
  /** The answer as it is kept; undefined where it is none to this activity. */
  accept(definition: D, value: AnswerValue): AnswerValue | undefined;
  /** What one answer adds to the counts. */
  count(value: AnswerValue): Iterable<readonly [key: string, count: number]>;
  /** What is said of a round's counts. @param people who has answered */
  tally(counts: RoundCounts, people: number): Omit<Tally, "round" | "people">;
  /** Whether an answer is right; undefined where nothing is. */
  isCorrect?(definition: D, value: AnswerValue): boolean | undefined;
  /** It may have as many different keys as people think of: a round has room for so many, and the most frequent are told. */
  readonly isOpenEnded?: true;
}
