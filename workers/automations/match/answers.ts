import type { FlowTrigger } from "../../../shared/protocol/flow.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { cross } from "./cross.ts";
import type { FlowEvent } from "./flow-event.ts";
import type { FlowMemory } from "./memory.ts";
import type { TriggerMatch } from "./trigger-match.ts";

/**
 * Each activity has a share of its own, and each of its rounds begins at none. A share grows by answers, and by people who
 * leave while it is open: those who are still there may all have answered.
 */
export function matchAnswers(
  { share, again }: Extract<FlowTrigger, { event: "answers" }>,
  { activity, round, answered, people }: Extract<FlowEvent, { event: "answers" }>,
  memory: FlowMemory,
): TriggerMatch {
  const { answers = {} } = memory;
  const kept = Object.hasOwn(answers, activity) ? answers[activity] : undefined;
  // What comes late of a round that is over says nothing of this one.
  if (kept && kept.round > round) return { fires: false, memory };
  const was = kept && (kept.round === round || kept.crossing === "spent") ? kept.crossing : "armed";
  const { fires, crossing } = cross(was, people > 0 && answered / people >= share, again);
  if (kept?.round === round && kept.crossing === crossing) return { fires, memory };
  // The one that was heard of last stands last.
  const { [activity]: _, ...others } = answers;
  const newest = [...Object.entries(others), [activity, { round, crossing }] as const].slice(
    -LIMITS.activities,
  );
  return { fires, memory: { ...memory, answers: Object.fromEntries(newest) } };
}
