import * as z from "zod";
import { SessionTotals } from "../../shared/protocol/totals.schema.ts";

/** The last totals of a session that has ended, kept until `expiresAt`. */
export const FinalTotals = SessionTotals.extend({ endedAt: z.number(), expiresAt: z.number() });
export type FinalTotals = z.infer<typeof FinalTotals>;
