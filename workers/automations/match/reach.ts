import type { FlowTrigger } from "../../../shared/protocol/flow.ts";
import type { RoomEvents } from "../../lib/room-event.ts";
import type { FlowMemory } from "./memory.ts";

type Crowd = Pick<RoomEvents["now"], "people" | "reactions" | "pace">;

/**
 * How many milliseconds must pass before those who are there can set a flow off over their pipes, each with all the
 * reactions that they may send; 0: it may be any moment, since nothing else than reactions has a known pace.
 */
export function findReach(on: FlowTrigger, memory: FlowMemory, { people, reactions, pace }: Crowd): number {
  if (on.event !== "reactions") return 0;
  if (memory.crossing === "spent") return Number.POSITIVE_INFINITY;
  const { total = 0, samples } = memory;
  const [, base] = samples?.[0] ?? [0, 0];
  // What was there before the flow was counts as well, and it may not have heard of it; a window only forgets.
  const most = on.within === undefined ? reactions : total - base;
  return Math.max(0, ((on.atLeast - most) / Math.max(people, 1) - pace.burst) / pace.perSecond) * 1000;
}
