import * as z from "zod";
import { LIMITS } from "./limits.ts";
import type * as plain from "./rules.ts";
import type { Schema } from "./schema.ts";
import { Page, Reaction } from "./text.schema.ts";

const Allowed = z.array(Reaction).max(LIMITS.allowedReactions, `up to ${LIMITS.allowedReactions} reactions`);

const QuestionRule = z.enum(["off", "open", "moderated"]) satisfies Schema<plain.QuestionRule>;

export const Rules = z.object({
  paused: z.boolean().default(false),
  reactions: Allowed.nullable().default(null),
  pages: z
    .record(Page, Allowed)
    .refine((pages) => Object.keys(pages).length <= LIMITS.rulePages, `up to ${LIMITS.rulePages} pages`)
    .default({}),
  anyReaction: z.boolean().default(false),
  questions: QuestionRule.default("off"),
  names: z.boolean().default(true),
}) satisfies Schema<plain.Rules>;
export type Rules = plain.Rules;

export const HostRules = Rules.extend({
  publicResults: z.boolean().default(false),
  isClosed: z.boolean().default(false),
  joinsPerMinute: z.number().int().min(1).max(LIMITS.maxParticipantsCeiling).nullable().default(null),
}) satisfies Schema<plain.HostRules>;
export type HostRules = plain.HostRules;

export const RulesChange = HostRules.extend({
  anyReaction: z.boolean().optional(),
  isClosed: z.boolean().optional(),
  joinsPerMinute: HostRules.shape.joinsPerMinute.unwrap().optional(),
  names: z.boolean().optional(),
  questions: QuestionRule.optional(),
}) satisfies Schema<plain.RulesChange>;
export type RulesChange = plain.RulesChange;
