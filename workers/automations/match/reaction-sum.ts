import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { FlowEvent } from "./flow-event.ts";
import type { FlowMemory } from "./memory.ts";

export type ReactionsEvent = Extract<FlowEvent, { event: "reactions" }>;

/** The sum of the counts that a trigger takes together, and what each of them was last. */
interface ReactionSum {
  readonly counts: Record<string, number>;
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
  // Begins with a bracket, so that it is nobody's prototype.
  const key = JSON.stringify([page, reaction]);
  const known = counts[key];
  const isForgotten = known === undefined && Object.keys(counts).length >= LIMITS.flowKinds;
  const last = known ?? (isForgotten ? (before ?? count) : first);
  const sum = Math.max(0, total + count - last);
  if (isForgotten || known === count) return { counts, total: sum };
  return { counts: { ...counts, [key]: count }, total: sum };
}
