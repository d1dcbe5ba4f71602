import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { RoomEvent } from "../../lib/room-event.ts";

/** What comes to a flow from elsewhere than its room. `depth` is that of a room's event. */
export type OuterEvent = { readonly at: number; readonly depth: number } & (
  | { readonly event: "recap" }
  /** A `POST` to the hook of that flow. */
  | { readonly event: "http"; readonly flow: string }
  /** That flow was due at this instant, however late it is now. */
  | { readonly event: "schedule"; readonly flow: string; readonly due: number }
  | { readonly event: "queue"; readonly topic: string }
);

/** What can set a flow off. */
export type FlowEvent = RoomEvent | OuterEvent;

/** Whether so many flows, one after the other, have caused it that it sets none off: they would go round in a circle. */
export const isTooDeep = ({ depth }: { readonly depth: number }): boolean => depth >= LIMITS.flowDepth;
