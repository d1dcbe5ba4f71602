import type { FlowTrigger } from "../../../shared/protocol/flow.ts";
import { cross } from "./cross.ts";
import type { FlowMemory } from "./memory.ts";
import { addReactions, type ReactionsEvent } from "./reaction-sum.ts";
import type { TriggerMatch } from "./trigger-match.ts";

type ReactionsTrigger = Extract<FlowTrigger, { event: "reactions" }>;

/**
 * So many reactions, since the session began. What was there before the flow was counts, so that a number that has been
 * reached sets the flow off with the next reaction.
 */
export function matchReactionCount(
  { atLeast, again }: ReactionsTrigger,
  event: ReactionsEvent,
  memory: FlowMemory,
): TriggerMatch {
  const { counts, total } = addReactions(memory, event, 0);
  const { fires, crossing } = cross(memory.crossing ?? "armed", total >= atLeast, again);
  if (counts === memory.counts && total === memory.total && crossing === memory.crossing)
    return { fires, memory };
  return { fires, memory: { ...memory, counts, total, crossing } };
}
