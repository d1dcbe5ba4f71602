import * as z from "zod";
import { SessionUid } from "./identity.schema.ts";
import { JOIN_CODE } from "./join-code.ts";
import { LIMITS } from "./limits.ts";
import type { Schema } from "./schema.ts";
import type * as plain from "./session.ts";
import { Name, Reaction } from "./text.schema.ts";

const httpUrl = z
  .url({ protocol: /^https?$/, error: "give an absolute http(s) URL" })
  .max(LIMITS.urlLength, `a URL takes up to ${LIMITS.urlLength} characters`);
const wsUrl = z
  .url({ protocol: /^wss?$/, error: "give an absolute ws(s) URL" })
  .max(LIMITS.urlLength, `a URL takes up to ${LIMITS.urlLength} characters`);

const joinCode = z.string().regex(JOIN_CODE).nullable();

export const PublicSession = z.object({
  name: Name,
  date: Name,
  reactions: z.array(Reaction),
  apiUrl: httpUrl,
  webUiUrl: httpUrl,
  wsUrl: wsUrl.optional(),
  deckUrl: httpUrl.optional(),
  // Sessions of before it was there have none.
  anyReaction: z.boolean().default(false),
}) satisfies Schema<plain.PublicSession>;
export type PublicSession = plain.PublicSession;

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
}) satisfies Schema<plain.NewSession>;
export type NewSession = plain.NewSession;

export const NewSessionAnswer = z.object({
  token: z.string(),
  hostUid: z.string(),
  sessionUid: z.string(),
  joinUrl: z.string(),
  joinCode,
  resumed: z.boolean(),
  endedAt: z.number().nullable(),
  withoutFlows: z.literal(true).optional(),
}) satisfies Schema<plain.NewSessionAnswer>;
export type NewSessionAnswer = plain.NewSessionAnswer;

export const SessionAnswer = PublicSession.extend({
  sessionUid: z.string(),
  token: z.string(),
  userToken: z.string(),
  joinCode,
  startsAt: z.number().nullable(),
}) satisfies Schema<plain.SessionAnswer>;
export type SessionAnswer = plain.SessionAnswer;

export const LoginAnswer = z.object({
  uid: z.string(),
  token: z.string(),
}) satisfies Schema<plain.LoginAnswer>;
export type LoginAnswer = plain.LoginAnswer;

export const RevokeAnswer = z.object({
  generation: z.number().int().nonnegative(),
  hostUid: z.string(),
}) satisfies Schema<plain.RevokeAnswer>;
export type RevokeAnswer = plain.RevokeAnswer;

export const Done = z.object({ success: z.literal(true) }) satisfies Schema<plain.Done>;
export type Done = plain.Done;
