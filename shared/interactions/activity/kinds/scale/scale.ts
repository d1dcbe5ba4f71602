import type { BaseDefinition } from "../../definition.ts";
import { describeNumbers, toStep } from "../../distribution.ts";
import type { Kind } from "../../kind.ts";

/** A rating in a few steps. */
export interface Scale extends BaseDefinition {
  readonly kind: "scale";
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What both ends stand for: two of them, from and to. */
  readonly labels?: readonly string[] | undefined;
}

/** Steps that a scale has at most, both ends included, and at least. */
export const SCALE_STEPS = { least: 2, most: 11 } as const;

/** The numbers of a scale, smallest first. */
export const listSteps = ({ min, max, step }: Pick<Scale, "min" | "max" | "step">): number[] =>
  Array.from({ length: Math.round((max - min) / step) + 1 }, (_, index) => {
    const number = min + index * step;
    return toStep(number, min, step) ?? number;
  });

export const scale: Kind<Scale> = {
  getMeaning: ({ min, max, step }) => [min, max, step],
  accept({ min, max, step }, value) {
    if (typeof value !== "number") return undefined;
    const given = toStep(value, min, step);
    return given !== undefined && given >= min && given <= max ? given : undefined;
  },
  *count(value) {
    yield [String(value), 1];
  },
  tally: (counts) => ({ counts, ...describeNumbers(counts) }),
};
