import * as z from "zod";
import { LIMITS } from "./limits.ts";
import * as plain from "./recap.ts";
import type { Schema } from "./schema.ts";
import { isSeen, isWhole } from "./text.ts";

export const RecapStatus = z.object({
  status: z.enum(plain.RECAP_STATUSES),
  position: z.number().int().nonnegative().optional(),
  progress: z.number().min(0).max(1).optional(),
  version: z.string().optional(),
  by: z.enum(plain.RECAP_AUTHORS).optional(),
  edited: z.literal(true).optional(),
  publishedAt: z.number().optional(),
  failure: z.string().optional(),
}) satisfies Schema<plain.RecapStatus>;
export type RecapStatus = plain.RecapStatus;

const Base = z.object({
  id: z.string(),
  text: z.array(z.object({ text: z.string(), sources: z.array(z.string()) })),
});
const Count = z.object({ label: z.string(), count: z.number().int() });

const Summary = Base.extend({
  type: z.literal("summary"),
  moments: z.array(
    z.object({
      at: z.number(),
      seconds: z.number(),
      page: z.string(),
      title: z.string().nullable(),
      count: z.number().int(),
    }),
  ),
}) satisfies Schema<plain.SummarySection>;

const Slide = Base.extend({
  type: z.literal("slide"),
  page: z.string(),
  title: z.string().nullable(),
  seconds: z.number(),
  reactions: z.array(Count),
  otherReactions: z.number().int().positive().optional(),
}) satisfies Schema<plain.SlideSection>;

const Activity = Base.extend({
  type: z.literal("activity"),
  kind: z.string(),
  prompt: z.string(),
  page: z.string().nullable(),
  people: z.number().int(),
  results: z.array(Count.extend({ percent: z.number(), correct: z.literal(true).optional() })),
  mean: z.number().optional(),
  median: z.number().optional(),
  right: z.array(z.string()).readonly().optional(),
}) satisfies Schema<plain.ActivitySection>;

export const RecapQuestion = z.object({
  id: z.string(),
  text: z.string(),
  votes: z.number().int(),
  answered: z.boolean(),
  answer: z.string().optional(),
}) satisfies Schema<plain.RecapQuestion>;

const Questions = Base.extend({
  type: z.literal("questions"),
  questions: z.array(RecapQuestion),
  total: z.number().int(),
}) satisfies Schema<plain.QuestionsSection>;

export const RecapDocument = z.object({
  version: z.string(),
  by: z.enum(plain.RECAP_AUTHORS),
  title: z.string(),
  date: z.string(),
  startedAt: z.number(),
  endedAt: z.number(),
  people: z.number().int(),
  peak: z.number().int(),
  total: z.number().int(),
  reactions: z.array(Count),
  sections: z.array(z.discriminatedUnion("type", [Summary, Slide, Activity, Questions])),
  moreSlides: z.number().int().positive().optional(),
}) satisfies Schema<plain.RecapDocument>;
export type RecapDocument = plain.RecapDocument;

const Written = z.string().trim().min(1).refine(isWhole, "it holds a broken character");
const Paragraph = Written.max(LIMITS.recapParagraph);

export const RecapEdit = z.object({
  version: z.string().min(1).max(LIMITS.idLength),
  title: Written.max(LIMITS.nameLength).refine(isSeen, "there is nothing to see of it").optional(),
  sections: z.record(
    z.string().min(1).max(LIMITS.recapSectionId),
    z.array(Paragraph).max(LIMITS.recapParagraphs),
  ),
}) satisfies Schema<plain.RecapEdit>;
export type RecapEdit = plain.RecapEdit;

export const RecapPublication = z.object({
  published: z.boolean(),
}) satisfies Schema<plain.RecapPublication>;

export const WrittenStatement = z.object({
  section: z.string(),
  text: z.string(),
}) satisfies Schema<plain.WrittenStatement>;
