import * as z from "zod";
import type { Schema } from "./schema.ts";
import type * as plain from "./timeline.ts";

const Bucket = z.object({ at: z.number(), count: z.number().int() }) satisfies Schema<plain.Bucket>;

export const PeopleSample = z.object({
  at: z.number(),
  people: z.number().int(),
}) satisfies Schema<plain.PeopleSample>;

const TimelinePage = z.object({
  page: z.string(),
  title: z.string().nullable(),
  dwell: z.array(z.object({ from: z.number(), until: z.number() })),
  total: z.number().int(),
  buckets: z.array(Bucket),
}) satisfies Schema<plain.TimelinePage>;

const Moment = Bucket.extend({
  page: z.string(),
  title: z.string().nullable(),
  factor: z.number(),
}) satisfies Schema<plain.Moment>;

export const TimelineQuery = z.object({
  bucket: z.coerce.number().int().min(1).max(86_400).optional(),
}) satisfies Schema<plain.TimelineQuery>;
export type TimelineQuery = plain.TimelineQuery;

export const TimelineAnswer = z.object({
  from: z.number(),
  until: z.number(),
  bucket: z.number().int(),
  endedAt: z.number().nullable(),
  total: z.number().int(),
  pages: z.array(TimelinePage),
  people: z.array(PeopleSample),
  moments: z.array(Moment),
}) satisfies Schema<plain.TimelineAnswer>;
export type TimelineAnswer = plain.TimelineAnswer;
