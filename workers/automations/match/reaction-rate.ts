import type { FlowTrigger } from "../../../shared/protocol/flow.ts";
import { cross } from "./cross.ts";
import type { FlowMemory } from "./memory.ts";
import { addReactions, type ReactionsEvent } from "./reaction-sum.ts";
import type { TriggerMatch } from "./trigger-match.ts";

type RateTrigger = Extract<FlowTrigger, { event: "reactions" }> & { readonly within: number };

/** A window is cut into so many slots, so that what is kept of it is bounded, however many events come. */
const SLOTS = 60;

/**
 * So many reactions in so many seconds: how much their sum has grown since the window began. A slot in which it began
 * counts whole, so that a window may be longer by a sixtieth, and never is shorter.
 */
export function matchReactionRate(
  { atLeast, within, again }: RateTrigger,
  event: ReactionsEvent,
  memory: FlowMemory,
): TriggerMatch {
  const { samples = [], total: before = 0 } = memory;
  const newest = samples.at(-1)?.[0];
  // A clock that was set back takes nothing back.
  const slot = Math.max(newest ?? Number.NEGATIVE_INFINITY, Math.floor((event.at * SLOTS) / (within * 1000)));
  const base = samples.findLast(([at]) => at < slot - SLOTS)?.[1] ?? 0;
  // With no reaction nothing comes to say that the rate has fallen: it is looked at as it was just before this one, too.
  const { crossing: was } = cross(memory.crossing ?? "armed", before - base >= atLeast, again);
  const { counts, total } = addReactions(memory, event, event.before ?? 0);
  const { fires, crossing } = cross(was, total - base >= atLeast, again);
  const window = samples.filter(([at]) => at >= slot - SLOTS && at < slot);
  const kept: [number, number][] = [[slot - SLOTS - 1, base], ...window, [slot, total]];
  return { fires, memory: { ...memory, counts, total, crossing, samples: kept } };
}
