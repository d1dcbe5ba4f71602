import type { FlowMessage } from "./flow-message.ts";

/** What the Worker is bound to. Not every deployment has a queue: wrangler.automations.toml says how to get one. */
export interface Bindings extends AutomationsEnv {
  readonly FLOW_QUEUE?: Queue<FlowMessage>;
}
