import * as z from "zod";
import { LIMITS } from "./limits.ts";
import type * as plain from "./rules.ts";
import type { Schema } from "./schema.ts";
import { Page, Reaction } from "./text.schema.ts";

const Allowed = z.array(Reaction).max(LIMITS.allowedReactions, `up to ${LIMITS.allowedReactions} reactions`);

export const PublicRules = z.object({
  paused: z.boolean().default(false),
  reactions: Allowed.nullable().default(null),
  pages: z
    .record(Page, Allowed)
    .refine((pages) => Object.keys(pages).length <= LIMITS.rulePages, `up to ${LIMITS.rulePages} pages`)
    .default({}),
  anyReaction: z.boolean().default(false),
}) satisfies Schema<plain.PublicRules>;
export type PublicRules = plain.PublicRules;

export const Rules = PublicRules.extend({
  publicResults: z.boolean().default(false),
  isClosed: z.boolean().default(false),
  joinsPerMinute: z.number().int().min(1).max(LIMITS.maxParticipantsCeiling).nullable().default(null),
}) satisfies Schema<plain.Rules>;
export type Rules = plain.Rules;

export const RulesChange = Rules.extend({
  anyReaction: z.boolean().optional(),
  isClosed: z.boolean().optional(),
  joinsPerMinute: Rules.shape.joinsPerMinute.unwrap().optional(),
}) satisfies Schema<plain.RulesChange>;
export type RulesChange = plain.RulesChange;
