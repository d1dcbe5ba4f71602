import * as z from "zod";
import { Definition } from "../../shared/interactions/activity/activity.schema.ts";
import type * as plain from "../../shared/interactions/activity/activity.ts";
import { ExportQuery } from "../../shared/protocol/export.schema.ts";

/** What the root answers to a user who wants to read an export: a place among the few, and up to when to read. */
export const ExportLease = z.object({ lease: z.string(), until: z.number().int() });
export type ExportLease = z.infer<typeof ExportLease>;

/** What api hands to reaction-store for any export: how many ledgers there are, and up to when. */
export const ExportOrder = ExportQuery.extend({
  /** Names this export, and stands in its cursors. */
  salt: z.string().regex(/^[A-Za-z0-9_-]{16}$/),
  /** Made from the salt with a secret: without it, numbers lead from no export to another. */
  key: z.string().min(16),
  /** The same, for the tags of its cursors. */
  cursorKey: z.string().min(16),
  rooms: z.number().int().positive(),
  until: z.number().int(),
  /** It ends there, and not where the ledgers have come to meanwhile. */
  isSnapshot: z.boolean(),
});
export type ExportOrder = z.infer<typeof ExportOrder>;

/** For one of reactions: the pages' titles. */
export const ReactionExportOrder = ExportOrder.extend({
  /** As pairs: a page may be called like what every object has. */
  titles: z.array(z.tuple([z.string(), z.string()])),
});
export type ReactionExportOrder = z.infer<typeof ReactionExportOrder>;

const Question: z.ZodType<plain.Definition> = Definition;

/** Which round a topic is, and what of its words and numbers is not to be shown. */
export const ExportedRound = z.object({
  topic: z.string(),
  activity: z.string(),
  round: z.number().int(),
  hidden: z.array(z.string()).optional(),
  /** A question of the quiz, where it counts. */
  question: Question.optional(),
});
export type ExportedRound = z.infer<typeof ExportedRound>;

/** For one of answers. A round that is not named is left out. */
export const AnswerExportOrder = ExportOrder.extend({
  rounds: z.array(ExportedRound),
  /** Without what somebody has sent whose entries do not count: users read nothing of it. */
  isPublic: z.boolean().default(false),
});
export type AnswerExportOrder = z.infer<typeof AnswerExportOrder>;
