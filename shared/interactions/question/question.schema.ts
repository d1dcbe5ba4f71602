import * as z from "zod";
import { LIMITS } from "../../protocol/limits.ts";
import type { Schema } from "../../protocol/schema.ts";
import { ReactionId } from "../../protocol/text.schema.ts";
import { hasAtMost, isSeen } from "../../protocol/text.ts";
import type * as plain from "./question.ts";
import { cleanText } from "./text.ts";

export const QuestionId = z.string().regex(/^[a-z0-9]{1,16}$/, "not a question");

const cleanedText = (what: string, most: number) =>
  z
    .string()
    .transform(cleanText)
    .refine(isSeen, `${what} is empty`)
    .refine((text) => hasAtMost(text, most), `${what} takes up to ${most} characters`);

const QuestionStatus = z.enum([
  "pending",
  "published",
  "answered",
  "hidden",
]) satisfies Schema<plain.QuestionStatus>;

export const LiveQuestion = z.object({
  id: QuestionId,
  text: z.string(),
  name: z.string().optional(),
  at: z.number(),
  votes: z.number().int(),
  status: QuestionStatus,
  pinned: z.boolean(),
  answer: z.string().optional(),
  mergedInto: QuestionId.optional(),
  mine: z.literal(true).optional(),
}) satisfies Schema<plain.LiveQuestion>;
export type LiveQuestion = plain.LiveQuestion;

const Question = LiveQuestion.omit({ mine: true }).extend({
  mine: z.boolean(),
  voted: z.boolean(),
}) satisfies Schema<plain.Question>;

export const QuestionSort = z.enum(["votes", "newest"]) satisfies Schema<plain.QuestionSort>;
export type QuestionSort = plain.QuestionSort;

export const Questions = z.object({
  questions: z.array(Question),
  total: z.number().int(),
  cursor: z.string().optional(),
}) satisfies Schema<plain.Questions>;
export type Questions = plain.Questions;

export const NewQuestion = z.object({
  text: cleanedText("the question", LIMITS.questionLength),
  name: z.literal(true).optional(),
}) satisfies Schema<plain.NewQuestion>;
export type NewQuestion = plain.NewQuestion;

export const Vote = z.object({ vote: z.boolean() }) satisfies Schema<plain.Vote>;
export type Vote = plain.Vote;

export const IdentifiedVote = Vote.extend({
  id: ReactionId,
  question: QuestionId,
}) satisfies Schema<plain.IdentifiedVote>;
export type IdentifiedVote = plain.IdentifiedVote;

export const QuestionChange = z.object({
  status: QuestionStatus.optional(),
  pinned: z.boolean().optional(),
  answer: cleanedText("the answer", LIMITS.writtenAnswerLength).nullable().optional(),
  mergedInto: QuestionId.optional(),
  block: z.boolean().optional(),
}) satisfies Schema<plain.QuestionChange>;
export type QuestionChange = plain.QuestionChange;
