import * as z from "zod";
import { Participant, SessionHash } from "../../shared/protocol/identity.schema.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";

/** Who hosts or joined what, since when, and until when this is remembered. Times in milliseconds. */
export const PersonRecord = z.object({
  session: SessionHash,
  participant: Participant,
  since: z.number(),
  expiresAt: z.number(),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

/** Records that one page of a deletion takes; KV allows 1,000 operations a call. */
export const DELETION_PAGE = LIMITS.listPage - 200;
