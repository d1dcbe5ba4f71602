import * as z from "zod";
import { SessionHash } from "../../shared/protocol/identity.schema.ts";

/** What the clock has found with flows: the sessions that they have ended since it came last. */
export const FlowLook = z.object({ ended: z.array(SessionHash) });
