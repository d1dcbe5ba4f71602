import * as z from "zod";
import { SessionUid } from "../../shared/protocol/identity.schema.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { text } from "../../shared/protocol/text.schema.ts";

/** A message on the deployment's queue: flows put it there, and so may any other Worker of the deployment. */
export const FlowMessage = z.object({
  /** The session's public name. */
  session: SessionUid,
  topic: text("the topic", LIMITS.textLength),
  /** How many flows, one after the other, it was caused by. */
  depth: z.number().int().min(0).default(0),
});
export type FlowMessage = z.input<typeof FlowMessage>;
