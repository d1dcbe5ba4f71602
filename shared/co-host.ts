import * as z from "zod";
import { Participant } from "./identity.ts";
import { Name } from "./text.ts";

/** What a co-host may do: a presenter sets the state, a moderator moderates; both read the results. */
export const CoHostRole = z.enum(["presenter", "moderator"]);
export type CoHostRole = z.infer<typeof CoHostRole>;

/** Who acts: the host, by its token, or a co-host. The participant is the one of the uid. */
export const Actor = z.object({
  participant: Participant,
  role: z.enum(["host", ...CoHostRole.options]),
});
export type Actor = z.infer<typeof Actor>;

/** One invitation. `removedAt` in milliseconds since 1970; `null`: it is good. */
export const CoHost = z.object({
  participant: Participant,
  role: CoHostRole,
  /** What the host calls them. */
  name: Name.optional(),
  invitedAt: z.number(),
  removedAt: z.number().nullable(),
});
export type CoHost = z.infer<typeof CoHost>;
export const CoHosts = z.object({ coHosts: z.array(CoHost) });

/** `POST …/hosts` */
export const NewCoHost = z.object({ role: CoHostRole, name: Name.optional() });
export type NewCoHost = z.infer<typeof NewCoHost>;
export const CoHostAnswer = z.object({
  /** What the co-host sends as `x-session-token`; whoever has it is this co-host. */
  token: z.string(),
  hostUid: z.string(),
  role: CoHostRole,
});

/** Who drives when no co-host does. */
export const HOST_DRIVES = "host";
/** `host`, or the co-host's participant. */
export const Driver = z.object({ driver: z.string() });
