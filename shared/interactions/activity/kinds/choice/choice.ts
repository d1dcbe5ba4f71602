import type { ActivityOption, BaseDefinition } from "../../definition.ts";
import type { Kind } from "../../kind.ts";

/** Tick one option, or several. */
export interface Choice extends BaseDefinition {
  readonly kind: "choice";
  readonly options: readonly ActivityOption[];
  /** How many may be ticked. */
  readonly multiple: number;
  /** The ids of the right ones. Only hosts know them, until they are revealed. */
  readonly correct?: readonly string[] | undefined;
}

export const choice: Kind<Choice> = {
  getMeaning: ({ options, multiple }) => [options.map(({ id }) => id).sort(), multiple],
  accept({ options, multiple }, value) {
    if (!Array.isArray(value) || value.length === 0) return undefined;
    const ticked = new Set(value);
    // In the options' order: however they were ticked, it is the same answer.
    const known = options.map(({ id }) => id).filter((id) => ticked.has(id));
    return known.length === value.length && known.length <= multiple ? known : undefined;
  },
  *count(value) {
    if (Array.isArray(value)) for (const id of value) yield [id, 1];
  },
  tally: (counts) => ({ counts }),
  isCorrect: ({ correct }, value) =>
    correct &&
    Array.isArray(value) &&
    correct.length === value.length &&
    correct.every((id) => value.includes(id)),
};
