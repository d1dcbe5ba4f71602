import * as z from "zod";
import { Participant, SessionUid } from "./identity.ts";
import { LIMITS } from "./limits.ts";
import { Name, Page, Reaction, ReactionId, StateText } from "./text.ts";
import { Pages } from "./totals.ts";

/** Raised by a revocation: names of before are refused. */
export const Generation = z.number().int().nonnegative();
/** What api adds a new hostUid to. */
export const Revocation = z.object({ generation: Generation });

const httpUrl = z
  .url({ protocol: /^https?$/, error: "give an absolute http(s) URL" })
  .max(LIMITS.urlLength, `a URL takes up to ${LIMITS.urlLength} characters`);
const wsUrl = z
  .url({ protocol: /^wss?$/, error: "give an absolute ws(s) URL" })
  .max(LIMITS.urlLength, `a URL takes up to ${LIMITS.urlLength} characters`);

/** What a session's audience may know about it. */
const PublicSession = z.object({
  /** From the host token's payload. */
  name: Name,
  date: Name,
  /** Buttons to offer; empty: the client's own. */
  reactions: z.array(Reaction),
  apiUrl: httpUrl,
  webUiUrl: httpUrl,
  wsUrl: wsUrl.optional(),
  /** Where the slides themselves are. */
  deckUrl: httpUrl.optional(),
  /** Words of the audience's own are taken, on any page, also where there are buttons. */
  anyReaction: z.boolean().default(false),
});

/** A session's facts: set at creation, replaced when its host resumes it. */
export const Session = PublicSession.extend({
  /** One-way name of the userToken given at creation, so that the token itself is stored nowhere. */
  userTokenHash: z.string().optional(),
  expectedAudience: z.number().int(),
  maxParticipants: z.number().int(),
  retentionDays: z.number().int(),
});
export type Session = z.infer<typeof Session>;

/** What a new session has of what its host leaves out. */
export const SESSION_DEFAULTS = {
  reactions: [],
  anyReaction: false,
  expectedAudience: 1,
  maxParticipants: LIMITS.maxParticipants,
  retentionDays: LIMITS.retentionDays,
} as const satisfies Partial<Session>;

/** `POST /api/v1/session/new`. A resumed session keeps what is left out. */
export const NewSession = z.object({
  sessionUid: SessionUid.optional(),
  apiUrl: httpUrl,
  webUiUrl: httpUrl,
  wsUrl: wsUrl.optional(),
  deckUrl: httpUrl.optional(),
  anyReaction: z.boolean().optional(),
  userToken: z.string().max(LIMITS.tokenLength).optional(),
  reactions: z
    .array(Reaction)
    .max(LIMITS.reactions, `up to ${LIMITS.reactions} reactions`)
    .refine((all) => new Set(all).size === all.length, "each reaction once")
    .optional(),
  expectedAudience: z.number().int().min(1).max(LIMITS.maxParticipantsCeiling).optional(),
  maxParticipants: z.number().int().min(1).max(LIMITS.maxParticipantsCeiling).optional(),
  retentionDays: z.number().int().min(1).max(LIMITS.retentionDaysCeiling).optional(),
  restart: z.boolean().default(false),
});

/** What api hands to session-store for it: the facts that were given. */
export const OpenSession = z.object({
  session: Session.partial()
    .required({ name: true, date: true, apiUrl: true, webUiUrl: true })
    // What has a default would be replaced by it, and not stay as it is.
    .extend({ anyReaction: z.boolean().optional() }),
  restart: z.boolean(),
  /** Whoever names the session wants to resume it, and not to start another one in its place. */
  mustExist: z.boolean().default(false),
});
export type OpenSession = z.infer<typeof OpenSession>;
export const OpenedSession = z.object({
  session: Session,
  resumed: z.boolean(),
  endedAt: z.number().nullable(),
  generation: Generation,
});
export type OpenedSession = z.infer<typeof OpenedSession>;

/** Who comes back says who they were. */
export const SeatRequest = z.object({ participant: Participant.optional() });
/** The name that a participant has from now on: the same again, or a new one. */
export const Seat = z.object({ participant: Participant });

/** `POST …/state` */
export const NewState = z.object({ page: Page, state: StateText });
export type NewState = z.infer<typeof NewState>;
export const StateVersion = z.object({ version: z.number().int() });
export type StateVersion = z.infer<typeof StateVersion>;

/** Where a session stands. Until its host says otherwise, page "0" and state "init". */
export const State = z.object({ page: z.string(), state: z.string(), version: z.number().int() });
export type State = z.infer<typeof State>;

/** The state, and where to reach the session: the answer to someone who has just come in. */
export const StateView = State.extend({
  apiUrl: z.string(),
  webUiUrl: z.string(),
  wsUrl: z.string().optional(),
});
export type StateView = z.infer<typeof StateView>;

/** `POST …/react` */
export const NewReaction = z.object({ page: Page, reaction: Reaction });
export type NewReaction = z.infer<typeof NewReaction>;
export const IdentifiedReaction = NewReaction.extend({ id: ReactionId });
export type IdentifiedReaction = z.infer<typeof IdentifiedReaction>;

/** `GET …/reactions`: counts by page and reaction, their sum, and how many people have joined. */
export const SessionTotals = z.object({
  pages: Pages,
  total: z.number().int(),
  participants: z.number().int(),
});
export type SessionTotals = z.infer<typeof SessionTotals>;

/** Store calls that have nothing to say but that it is done. */
export const Done = z.object({ success: z.literal(true) });
export type Done = z.infer<typeof Done>;

/* Answers of the public API. docs/protocol.md shows one of each. */

export const NewSessionAnswer = z.object({
  token: z.string(),
  hostUid: z.string(),
  sessionUid: z.string(),
  joinUrl: z.string(),
  resumed: z.boolean(),
  /** When it was ended, in milliseconds since 1970; it takes `restart` to go on. `null`: it has not. */
  endedAt: z.number().nullable(),
});
export type NewSessionAnswer = z.infer<typeof NewSessionAnswer>;

/** `POST …/revoke` */
export const RevokeAnswer = Revocation.extend({ hostUid: z.string() });
export type RevokeAnswer = z.infer<typeof RevokeAnswer>;

/** `token` and `userToken` are both the audience token. */
export const SessionAnswer = PublicSession.extend({
  sessionUid: z.string(),
  token: z.string(),
  userToken: z.string(),
});
export type SessionAnswer = z.infer<typeof SessionAnswer>;

export const LoginAnswer = z.object({ uid: z.string(), token: z.string() });
export type LoginAnswer = z.infer<typeof LoginAnswer>;

export const SetStateAnswer = Done.extend(StateVersion.shape);

/** `uid` is the sessionUid, `token` the caller's own. */
export const StateAnswer = StateView.extend({ token: z.string(), uid: z.string() });
export type StateAnswer = z.infer<typeof StateAnswer>;
