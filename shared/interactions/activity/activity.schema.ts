import * as z from "zod";
import { LIMITS } from "../../protocol/limits.ts";
import type { Schema } from "../../protocol/schema.ts";
import { ReactionId, text } from "../../protocol/text.schema.ts";
import { isWhole } from "../../protocol/text.ts";
import type * as plain from "./activity.ts";
import { ActivityId } from "./definition.schema.ts";
import { definitions, newDefinitions } from "./kinds/index.schema.ts";
import { OPEN_TEXT_LENGTH } from "./kinds/text/text.ts";
import { Tally } from "./tally.schema.ts";

export const Definition = z.discriminatedUnion("kind", definitions) satisfies Schema<plain.Definition>;
export type Definition = plain.Definition;

export const NewActivity = z.discriminatedUnion(
  "kind",
  newDefinitions,
) satisfies Schema<plain.ParsedActivity>;
export type NewActivity = plain.ParsedActivity;

const Standing = z.object({
  status: z.enum(["draft", "open", "closed"]),
  round: z.number().int(),
  revealed: z.boolean(),
  openedAt: z.number().optional(),
  closesAt: z.number().optional(),
  hidden: z.array(z.string()).optional(),
  quiz: z.literal(true).optional(),
}) satisfies Schema<plain.Standing>;

export const LiveActivity = Definition.and(
  Standing.extend({ id: ActivityId }),
) satisfies Schema<plain.LiveActivity>;
export type LiveActivity = plain.LiveActivity;

export const Activity = LiveActivity.and(
  z.object({
    tally: Tally.optional(),
    rounds: z.array(Tally),
    mine: z.union([z.array(z.string()), z.number(), z.string()]).optional(),
  }),
) satisfies Schema<plain.Activity>;
export type Activity = plain.Activity;

export const Activities = z.object({ activities: z.array(Activity) }) satisfies Schema<plain.Activities>;
export type Activities = plain.Activities;

export const StatusChange = z.object({
  status: z.enum(["open", "closed"]),
  revealed: z.boolean().optional(),
  seconds: z.number().int().min(5).max(3600).optional(),
  newRound: z.literal(true).optional(),
}) satisfies Schema<plain.StatusChange>;
export type StatusChange = plain.StatusChange;

/** A text of an answer: kinds say how long it may be, this says what can be one at all. */
const AnswerText = z
  .string()
  .max(2 * OPEN_TEXT_LENGTH, "an answer is too long")
  .refine(isWhole, "an answer holds a broken character");

export const Answer = z.object({
  round: z.number().int().min(1),
  openedAt: z.number().optional(),
  value: z.union([z.array(AnswerText).max(LIMITS.options), z.number(), AnswerText, z.null()]),
}) satisfies Schema<plain.Answer>;
export type Answer = plain.Answer;

export const IdentifiedAnswer = Answer.extend({
  id: ReactionId,
  activity: ActivityId,
}) satisfies Schema<plain.IdentifiedAnswer>;
export type IdentifiedAnswer = plain.IdentifiedAnswer;

export const Hiding = z
  .object({
    value: text("the word", LIMITS.textLength).optional(),
    number: z.number().int().nonnegative().optional(),
    hidden: z.boolean(),
    block: z.boolean().optional(),
  })
  .refine(({ value, number }) => (value === undefined) !== (number === undefined), {
    path: ["value"],
    error: "name a word or the number of a text",
  })
  .refine(({ value, block }) => value === undefined || block === undefined, {
    path: ["block"],
    error: "a word has many authors",
  }) satisfies Schema<plain.Hiding>;
export type Hiding = plain.Hiding;

const TextAnswer = z.object({
  number: z.number().int(),
  value: z.string(),
  at: z.number(),
  hidden: z.boolean(),
}) satisfies Schema<plain.TextAnswer>;

export const TextAnswers = z.object({
  answers: z.array(TextAnswer),
  cursor: z.string().optional(),
}) satisfies Schema<plain.TextAnswers>;
export type TextAnswers = plain.TextAnswers;
