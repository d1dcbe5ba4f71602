import type { FlowMemory } from "./memory.ts";

/** What an event does to a trigger; `memory` is the very same object where nothing is to be remembered. */
export interface TriggerMatch {
  readonly fires: boolean;
  readonly memory: FlowMemory;
}
