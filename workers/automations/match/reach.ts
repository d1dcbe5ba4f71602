import type { FlowTrigger } from "../../../shared/protocol/flow.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { FlowMemory } from "./memory.ts";

/**
 * How many milliseconds must pass before so many people can set a flow off over their pipes, each with all the reactions
 * that `LIMITS` lets through; 0: it may be any moment, since only reactions have a pace that is known.
 */
export function findReach(on: FlowTrigger, memory: FlowMemory, people: number): number {
  if (on.event !== "reactions") return 0;
  if (memory.crossing === "spent") return Number.POSITIVE_INFINITY;
  // A window only forgets: what it holds by now is the most that is left of it.
  const [[, base] = [0, 0]] = memory.samples ?? [];
  const each = (on.atLeast - (memory.total ?? 0) + base) / people;
  return Math.max(0, (each - LIMITS.reactionsBurst) / LIMITS.reactionsPerSecond) * 1000;
}
