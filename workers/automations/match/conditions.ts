import type { FlowCondition } from "../../../shared/protocol/flow.ts";
import type { RoomEvents } from "../../lib/room-event.ts";

/** Whether all of them hold in the room as it stands. */
export const holdAll = (conditions: readonly FlowCondition[], now: RoomEvents["now"]): boolean =>
  conditions.every((condition) => holds(condition, now));

function holds(condition: FlowCondition, now: RoomEvents["now"]): boolean {
  if ("people" in condition) {
    const { atLeast = 0, below = Number.POSITIVE_INFINITY } = condition.people;
    return now.people >= atLeast && now.people < below;
  }
  if ("page" in condition) return now.page === condition.page;
  return now.activities.some(({ id, status }) => id === condition.activity && status === condition.status);
}
