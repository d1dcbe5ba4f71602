import type { ActivityOption, BaseDefinition } from "../../definition.ts";
import type { Kind } from "../../kind.ts";

/** Put the options in order. */
export interface Order extends BaseDefinition {
  readonly kind: "order";
  readonly options: readonly ActivityOption[];
  /** The ids in the right order. */
  readonly correct?: readonly string[] | undefined;
}

/** The key under which an option's places add up; no id has a colon. */
const RANKS = "rank:";

export const order: Kind<Order> = {
  getMeaning: ({ options }) => options.map(({ id }) => id).sort(),
  accept({ options }, value) {
    if (!Array.isArray(value) || value.length !== options.length) return undefined;
    return options.every(({ id }) => value.includes(id)) ? value : undefined;
  },
  *count(value) {
    if (!Array.isArray(value)) return;
    for (const [index, id] of value.entries()) {
      if (index === 0) yield [id, 1];
      yield [`${RANKS}${id}`, index + 1];
    }
  },
  tally(counts, people) {
    const all = Object.entries(counts);
    const ranks = all
      .filter(([key]) => key.startsWith(RANKS))
      .map(([key, sum]) => [key.slice(RANKS.length), sum / people] as const);
    return {
      counts: Object.fromEntries(all.filter(([key]) => !key.startsWith(RANKS))),
      ranks: Object.fromEntries(ranks),
    };
  },
  isCorrect: ({ correct }, value) =>
    correct && Array.isArray(value) && correct.every((id, at) => value[at] === id),
};
