import { type BaseDefinition, FARTHEST } from "../../definition.ts";
import { describeNumbers, toStep } from "../../distribution.ts";
import type { Kind } from "../../kind.ts";

/** A number. */
export interface NumberQuestion extends BaseDefinition {
  readonly kind: "number";
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step: number;
  /** The right one; or two, from where to where an answer is right. */
  readonly correct?: number | readonly number[] | undefined;
}

/** From where to where an answer is right. */
export const toRange = (correct: number | readonly number[]): readonly [from: number, to: number] => {
  const [from = 0, to = from] = typeof correct === "number" ? [correct] : correct;
  return [from, to];
};

export const number: Kind<NumberQuestion> = {
  getMeaning: ({ min, max, step }) => [min, max, step],
  accept({ min, max, step }, value) {
    if (typeof value !== "number") return undefined;
    const given = toStep(value, min ?? 0, step);
    const isInside = given !== undefined && given >= (min ?? -FARTHEST) && given <= (max ?? FARTHEST);
    return isInside ? given : undefined;
  },
  *count(value) {
    yield [String(value), 1];
  },
  tally: (counts) => ({ counts, ...describeNumbers(counts) }),
  isCorrect({ correct }, value) {
    if (correct === undefined) return undefined;
    const [from, to] = toRange(correct);
    return typeof value === "number" && value >= from && value <= to;
  },
  isOpenEnded: true,
};
