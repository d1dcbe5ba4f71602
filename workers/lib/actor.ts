import * as z from "zod";
import { CoHostRole } from "../../shared/protocol/co-host.schema.ts";
import { Participant } from "../../shared/protocol/identity.schema.ts";

/** Who acts: the host, by its token, or a co-host. The participant is the one of the uid. */
export const Actor = z.object({
  participant: Participant,
  role: z.enum(["host", ...CoHostRole.options]),
});
export type Actor = z.infer<typeof Actor>;

/** Blocking a participant or letting them in again; `uncount` takes what they sent out of the totals. */
export const Block = z.object({ blocked: z.boolean(), uncount: z.boolean() });
