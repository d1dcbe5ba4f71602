import * as z from "zod";
import { LIMITS } from "./limits.ts";
import type * as plain from "./rules.ts";
import type { Schema } from "./schema.ts";
import { Page, Reaction } from "./text.schema.ts";

const Allowed = z.array(Reaction).max(LIMITS.allowedReactions, `up to ${LIMITS.allowedReactions} reactions`);

/** What each rule may be. */
const rule = {
  paused: z.boolean(),
  reactions: Allowed.nullable(),
  pages: z
    .record(Page, Allowed)
    .refine((pages) => Object.keys(pages).length <= LIMITS.rulePages, `up to ${LIMITS.rulePages} pages`),
  anyReaction: z.boolean(),
  questions: z.enum(["off", "open", "moderated"]) satisfies Schema<plain.QuestionRule>,
  names: z.boolean(),
  publicResults: z.boolean(),
  isClosed: z.boolean(),
  joinsPerMinute: z.number().int().min(1).max(LIMITS.maxParticipantsCeiling).nullable(),
};

export const Rules = z.object({
  paused: rule.paused.default(false),
  reactions: rule.reactions.default(null),
  pages: rule.pages.default({}),
  anyReaction: rule.anyReaction.default(false),
  questions: rule.questions.default("off"),
  names: rule.names.default(true),
}) satisfies Schema<plain.Rules>;
export type Rules = plain.Rules;

export const HostRules = Rules.extend({
  publicResults: rule.publicResults.default(false),
  isClosed: rule.isClosed.default(false),
  joinsPerMinute: rule.joinsPerMinute.default(null),
}) satisfies Schema<plain.HostRules>;
export type HostRules = plain.HostRules;

export const RulesChange = z.object(rule).partial() satisfies Schema<plain.RulesChange>;
export type RulesChange = plain.RulesChange;

const { paused, reactions, pages, publicResults } = HostRules.shape;
export const NewRules = RulesChange.extend({
  paused,
  reactions,
  pages,
  publicResults,
}) satisfies Schema<plain.NewRules>;
export type NewRules = plain.NewRules;
