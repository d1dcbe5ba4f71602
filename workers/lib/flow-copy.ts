import * as z from "zod";
import { FlowId, NewFlow, SavedFlow } from "../../shared/protocol/flow.schema.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";

/* Flows as api, host-store and automations tell each other of them. */

/** With what is secret of it, once, as it was made: api makes the hook's address of it. */
export const KeptFlow = SavedFlow.omit({ hookUrl: true }).extend({ hookSecret: z.string().optional() });
export type KeptFlow = z.infer<typeof KeptFlow>;

export const KeptFlows = z.object({ flows: z.array(KeptFlow) });
export type KeptFlows = z.infer<typeof KeptFlows>;

export const WrittenFlow = z.object({ id: FlowId, flow: NewFlow });
export type WrittenFlow = z.infer<typeof WrittenFlow>;

/** Flows as their host has written them, to be saved all together or not at all. */
export const WrittenFlows = z.object({ flows: z.array(WrittenFlow).min(1).max(LIMITS.flows) });
export type WrittenFlows = z.infer<typeof WrittenFlows>;

/** A flow on its way from a talk to its session, or back: receivers and hooks go on with the secrets that they know. */
export const FlowCopy = z.object({
  id: FlowId,
  flow: NewFlow,
  signingSecret: z.string().max(100).nullable(),
  hookHash: z.string().max(64).nullable(),
});
export type FlowCopy = z.infer<typeof FlowCopy>;

export const FlowCopies = z.object({ flows: z.array(FlowCopy).max(LIMITS.flows) });
export type FlowCopies = z.infer<typeof FlowCopies>;
