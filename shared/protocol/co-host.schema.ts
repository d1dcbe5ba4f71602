import * as z from "zod";
import type * as plain from "./co-host.ts";
import { Participant } from "./identity.schema.ts";
import type { Schema } from "./schema.ts";
import { Name } from "./text.schema.ts";

export const CoHostRole = z.enum(["presenter", "moderator"]) satisfies Schema<plain.CoHostRole>;
export type CoHostRole = plain.CoHostRole;

export const CoHost = z.object({
  participant: Participant,
  role: CoHostRole,
  name: Name.optional(),
  invitedAt: z.number(),
  removedAt: z.number().nullable(),
}) satisfies Schema<plain.CoHost>;
export type CoHost = plain.CoHost;

export const CoHosts = z.object({ coHosts: z.array(CoHost) }) satisfies Schema<plain.CoHosts>;
export type CoHosts = plain.CoHosts;

export const NewCoHost = z.object({
  role: CoHostRole,
  name: Name.optional(),
}) satisfies Schema<plain.NewCoHost>;
export type NewCoHost = plain.NewCoHost;

export const CoHostAnswer = z.object({
  token: z.string(),
  hostUid: z.string(),
  role: CoHostRole,
}) satisfies Schema<plain.CoHostAnswer>;
export type CoHostAnswer = plain.CoHostAnswer;

export const Driver = z.object({ driver: z.string() }) satisfies Schema<plain.Driver>;
export type Driver = plain.Driver;
