import * as z from "zod";
import { SavedActivities } from "../../shared/protocol/host/talk.schema.ts";
import { Participant } from "../../shared/protocol/identity.schema.ts";
import { PublicSession } from "../../shared/protocol/session.schema.ts";
import { CurrentToken } from "./host-talk.ts";
import { GivenJoinCode, NewJoinCode, SealedJoinCode } from "./join-code.ts";

/** Raised by a revocation: names of before are refused. */
export const Generation = z.number().int().nonnegative();
/** What api adds a new hostUid to. */
export const Revocation = z.object({ generation: Generation });

/** A session's facts: set at creation, replaced when its host resumes it. */
export const Session = PublicSession.extend({
  /** One-way name of the userToken given at creation, so that the token itself is stored nowhere. */
  userTokenHash: z.string().optional(),
  expectedAudience: z.number().int(),
  maxParticipants: z.number().int(),
  retentionDays: z.number().int(),
  /** When its talk starts, where that is known: flows may wait for it. */
  startsAt: z.number().nullable().optional(),
  /** Not of the facts: the root adds the code that leads to it now. */
  joinCode: SealedJoinCode.optional(),
});
export type Session = z.infer<typeof Session>;

/** What api hands to session-store for it: the facts that were given. */
export const OpenSession = z.object({
  session: Session.omit({ joinCode: true })
    .partial()
    .required({ name: true, date: true, apiUrl: true, webUiUrl: true })
    // What has a default would be replaced by it, and not stay as it is.
    .extend({ anyReaction: z.boolean().optional() }),
  restart: z.boolean(),
  /** What is saved with its talk: a session that begins has it as drafts. */
  activities: SavedActivities.shape.activities.optional(),
  /** Whoever names the session wants to resume it, and not to start another one in its place. */
  mustExist: z.boolean().default(false),
  /** Where it is a talk's: the token that whoever opens it came with. */
  token: CurrentToken.optional(),
  /** For a session without a join code: it gets the first of them that is free. */
  joinCodes: z.array(NewJoinCode).optional(),
});
export type OpenSession = z.infer<typeof OpenSession>;
export const OpenedSession = z.object({
  session: Session,
  resumed: z.boolean(),
  endedAt: z.number().nullable(),
  generation: Generation,
  /** When it began, or began anew. */
  openedAt: z.number(),
  joinCode: GivenJoinCode.optional(),
});
export type OpenedSession = z.infer<typeof OpenedSession>;

/** The name that a participant has from now on: the same again, or a new one. */
export const Seat = z.object({ participant: Participant });
export type Seat = z.infer<typeof Seat>;
