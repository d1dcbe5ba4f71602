import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { FlowEvent } from "./flow-event.ts";
import type { FlowMemory } from "./memory.ts";

export type ReactionsEvent = Extract<FlowEvent, { event: "reactions" }>;
type Counts = NonNullable<FlowMemory["counts"]>;

/** The sum of the counts that a trigger takes together, and what each of them was last. */
interface ReactionSum {
  readonly counts: Counts;
  readonly total: number;
}

/**
 * The sum after an event. Counts are absolute: one that comes twice adds nothing, and after one that was lost the next one
 * adds for both.
 * @param first what is taken for the count before, of a page and reaction that was not heard of yet
 */
export function addReactions(
  { counts = {}, total = 0 }: FlowMemory,
  { page, reaction, count, before }: ReactionsEvent,
  first: number,
): ReactionSum {
  const onPage = getOwn(counts, page) ?? {};
  const known = getOwn(onPage, reaction);
  const isFull = known === undefined && countKinds(counts) >= LIMITS.flowKinds;
  const last = known ?? (isFull ? (before ?? count) : first);
  const sum = Math.max(0, total + count - last);
  if (isFull || known === count) return { counts, total: sum };
  return { counts: { ...counts, [page]: { ...onPage, [reaction]: count } }, total: sum };
}

/** A page may be called like what every object has. */
const getOwn = <Value>(all: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(all, key) ? all[key] : undefined;

const countKinds = (counts: Counts): number =>
  Object.values(counts).reduce((sum, onPage) => sum + Object.keys(onPage).length, 0);
