import * as z from "zod";
import type { Schema } from "../../protocol/schema.ts";
import type * as plain from "./message.ts";
import { IdentifiedVote, LiveQuestion, QuestionId } from "./question.schema.ts";

export const VoteMessage = IdentifiedVote.extend({
  type: z.literal("vote"),
}) satisfies Schema<plain.VoteMessage>;

export const QuestionsMessage = z.object({
  type: z.literal("questions"),
  questions: z.array(LiveQuestion),
  removed: z.array(QuestionId).optional(),
  total: z.number().int(),
  whole: z.literal(true).optional(),
}) satisfies Schema<plain.QuestionsMessage>;

export const VotesMessage = z.object({
  type: z.literal("votes"),
  votes: z.record(QuestionId, z.number().int()),
}) satisfies Schema<plain.VotesMessage>;
