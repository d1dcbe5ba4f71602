import * as z from "zod";
import { Definition } from "../../interactions/activity/activity.schema.ts";
import { ActivityId } from "../../interactions/activity/definition.schema.ts";
import { SessionUid } from "../identity.schema.ts";
import { LIMITS } from "../limits.ts";
import type { Schema } from "../schema.ts";
import { Name } from "../text.schema.ts";
import { HostId } from "./account.schema.ts";
import type * as plain from "./talk.ts";

export const TalkSummary = z.object({
  people: z.number(),
  reactions: z.number(),
  top: z.record(z.string(), z.number()),
  moments: z.array(z.object({ page: z.string(), title: z.string().nullable(), reactions: z.number() })),
  activities: z.number(),
  questions: z.number(),
  at: z.number(),
}) satisfies Schema<plain.TalkSummary>;
export type TalkSummary = plain.TalkSummary;

export const TalkStatus = z.enum(["upcoming", "running", "over"]) satisfies Schema<plain.TalkStatus>;

export const Talk = z.object({
  id: HostId,
  name: z.string(),
  date: z.string(),
  startsAt: z.number().nullable(),
  opensBefore: z.number().nullable(),
  deck: HostId.nullable(),
  status: TalkStatus,
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  summary: TalkSummary.nullable(),
  sessionUid: SessionUid,
}) satisfies Schema<plain.Talk>;
export type Talk = plain.Talk;

export const TalkLinks = z.object({
  deck: z.string().nullable(),
  stage: z.string(),
  results: z.string(),
  join: z.string(),
}) satisfies Schema<plain.TalkLinks>;

export const TalkAnswer = z.object({
  talk: Talk,
  token: z.string(),
  links: TalkLinks,
}) satisfies Schema<plain.TalkAnswer>;
export type TalkAnswer = plain.TalkAnswer;

export const Talks = z.object({
  talks: z.array(Talk),
  cursor: z.string().optional(),
}) satisfies Schema<plain.Talks>;
export type Talks = plain.Talks;

export const SummaryAnswer = z.object({
  summary: TalkSummary.nullable(),
}) satisfies Schema<plain.SummaryAnswer>;
export type SummaryAnswer = plain.SummaryAnswer;

/** Up to the year 275760, as a date goes. */
const time = z.number().int().min(0).max(8.64e15);

export const NewTalk = z.object({
  name: Name,
  date: Name.optional(),
  startsAt: time.nullable().optional(),
  opensBefore: z.number().int().min(0).max(LIMITS.opensBefore).nullable().optional(),
  deck: HostId.nullable().optional(),
}) satisfies Schema<plain.NewTalk>;
export type NewTalk = plain.NewTalk;

export const TalkChange = NewTalk.extend({ name: Name.optional() }) satisfies Schema<plain.TalkChange>;
export type TalkChange = plain.TalkChange;

export const SavedActivities = z.object({
  activities: z
    .array(Definition.and(z.object({ id: ActivityId })))
    .max(LIMITS.activities, `up to ${LIMITS.activities} activities`)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "each id once"),
}) satisfies Schema<plain.SavedActivities>;
export type SavedActivities = plain.SavedActivities;
