import * as z from "zod";
import { HostId } from "../../shared/protocol/host/account.schema.ts";
import { NewTalk, Talk, TalkChange, TalkSummary } from "../../shared/protocol/host/talk.schema.ts";
import { SessionHash } from "../../shared/protocol/identity.schema.ts";
import { FlowCopy } from "./flow-copy.ts";

/* Talks and their tokens, as api, host-store and session-store tell each other. */

/** A talk as host-store keeps it: it knows its session by its hash, and only api can name it in public. */
export const StoredTalk = Talk.omit({ sessionUid: true }).extend({ session: SessionHash });
export type StoredTalk = z.infer<typeof StoredTalk>;

/** Where the host uses revint, as their browser has asked for it: a session that opens by itself is opened for that address. */
const origin = z.url({ protocol: /^https?$/ }).optional();
export const NewStoredTalk = NewTalk.extend({ origin });
export type NewStoredTalk = z.infer<typeof NewStoredTalk>;
export const StoredTalkChange = TalkChange.extend({ origin });
export type StoredTalkChange = z.infer<typeof StoredTalkChange>;

export const StoredTalks = z.object({ talks: z.array(StoredTalk), cursor: z.string().optional() });
export type StoredTalks = z.infer<typeof StoredTalks>;

/**
 * Which of a talk's tokens is good: the one with this id. They are numbered, so that of two that meet in the root the
 * later one is right, in whatever order they come.
 */
export const CurrentToken = z.object({ id: HostId, number: z.number().int().positive() });
export type CurrentToken = z.infer<typeof CurrentToken>;

/** With a token that was made for whoever asked. */
export const TalkWithToken = z.object({ talk: StoredTalk, token: z.string() });
export type TalkWithToken = z.infer<typeof TalkWithToken>;

export const TalkWithNewToken = TalkWithToken.extend({ current: CurrentToken });
export type TalkWithNewToken = z.infer<typeof TalkWithNewToken>;

/** Tokens that are good, of which the roots of their sessions may not have heard. */
export const UntoldTokens = z.object({
  tokens: z.array(z.object({ talk: HostId, session: SessionHash, current: CurrentToken })),
});
export type UntoldTokens = z.infer<typeof UntoldTokens>;

/** A host is about to open a talk's session, with the token that is good. */
export const BegunOpening = z.object({
  current: CurrentToken,
  /** What names this opening among others of the talk. */
  since: z.number(),
  /** When the talk starts, as far as that is known. */
  startsAt: z.number().nullable(),
});
export type BegunOpening = z.infer<typeof BegunOpening>;

/** A host has opened a talk's session. */
export const Opening = z.object({
  /** The opening that has begun so; an api of before says none. */
  since: z.number().optional(),
  /** It began with that, or began anew. */
  isNew: z.boolean(),
  /** It had been ended before. */
  isOver: z.boolean(),
  /** When the session began; an api of before does not say, and takes no flows over. */
  openedAt: z.number().optional(),
});
export type Opening = z.infer<typeof Opening>;

/** The talk's token as it is after an opening; `null`: there is no such talk any more. And what the session begins with. */
export const OpeningAnswer = z.object({ current: CurrentToken.nullable(), flows: z.array(FlowCopy) });

/** Talks whose sessions are to open now. That they do has begun, as if a host had come with the talk's token. */
export const DueTalks = z.object({
  talks: z.array(
    z.object({
      ...{ id: HostId, session: SessionHash, name: z.string(), date: z.string(), origin: z.string() },
      deck: HostId.nullable(),
      begun: BegunOpening,
    }),
  ),
});
export type DueTalks = z.infer<typeof DueTalks>;

/** How a session stands: when it was ended, if it was, and what is known of it. */
export const SessionLook = z.object({ endedAt: z.number().nullable(), summary: TalkSummary });
export type SessionLook = z.infer<typeof SessionLook>;

/** What api has found out by asking a session; `null`: it is gone. */
export const TalkLook = z.object({ look: SessionLook.nullable(), askedAt: z.number() });

const Sessions = z.object({ talks: z.array(z.object({ id: HostId, session: SessionHash })) });

/** Talks whose sessions nobody has looked at for a long time, those of the longest time first. */
export const UnseenTalks = Sessions;
export type UnseenTalks = z.infer<typeof UnseenTalks>;

/** Talks that are being erased: when their sessions are, `DELETE /talks/{talk}` takes the rest. */
export const VanishingTalks = Sessions;
export type VanishingTalks = z.infer<typeof VanishingTalks>;
