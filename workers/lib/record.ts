import * as z from "zod";
import { Participant, SessionHash } from "../../shared/protocol/identity.schema.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";

/** Who hosts what, since when, and until when this is remembered. Times in milliseconds. */
export const PersonRecord = z.object({
  session: SessionHash,
  participant: Participant,
  since: z.number(),
  expiresAt: z.number(),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

/** Who joined a session within a second or so, and until when this is remembered. Times in milliseconds. */
export const Joining = z.object({
  participants: z
    .array(Participant)
    .min(1)
    .max(LIMITS.joinsPerSecond * 2),
  since: z.number(),
  expiresAt: z.number(),
});
export type Joining = z.infer<typeof Joining>;

/** Records that one page of a deletion takes; KV allows 1,000 operations a call. */
export const DELETION_PAGE = LIMITS.listPage - 200;
