import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { DEFAULT_REACTIONS, foldReaction } from "./reaction.ts";
import type { Session } from "./session.ts";
import { Page, Reaction } from "./text.ts";

const Allowed = z.array(Reaction).max(LIMITS.allowedReactions, `up to ${LIMITS.allowedReactions} reactions`);

/** What the host allows at this moment: everyone hears it, every room holds to it. */
export const Rules = z.object({
  /** Nobody's reactions are taken until it is false again. */
  paused: z.boolean().default(false),
  /** The only reactions taken; `null`: what the session offers. */
  reactions: Allowed.nullable().default(null),
  /** The same for single pages, where it wins over `reactions`. */
  pages: z
    .record(Page, Allowed)
    .refine((pages) => Object.keys(pages).length <= LIMITS.rulePages, `up to ${LIMITS.rulePages} pages`)
    .default({}),
  /** Users may read timeline and export too. */
  publicResults: z.boolean().default(false),
  /** Words of the audience's own are taken, on any page. */
  anyReaction: z.boolean().default(false),
  /** Nobody new joins. Whoever is in stays in. */
  isClosed: z.boolean().default(false),
  /** Newcomers that one minute takes; `null`: as `expectedAudience` says. */
  joinsPerMinute: z.number().int().min(1).max(LIMITS.maxParticipantsCeiling).nullable().default(null),
});
export type Rules = z.infer<typeof Rules>;

/**
 * `POST …/rules`. What clients of before do not know keeps its value when it is left out; the rest has its
 * default then, as it always had.
 */
export const RulesChange = Rules.extend({
  anyReaction: z.boolean().optional(),
  isClosed: z.boolean().optional(),
  joinsPerMinute: Rules.shape.joinsPerMinute.unwrap().optional(),
});
export type RulesChange = z.infer<typeof RulesChange>;

/** The rules after a change. */
export const changeRules = (
  before: Rules,
  {
    anyReaction = before.anyReaction,
    isClosed = before.isClosed,
    joinsPerMinute = before.joinsPerMinute,
    ...rest
  }: RulesChange,
): Rules => ({ ...rest, anyReaction, isClosed, joinsPerMinute });

type Offer = Pick<Session, "reactions" | "anyReaction">;

/** Whether a session takes words of its audience's own: its host said so, or never said what it offers. */
export const isOpen = (session: Offer, rules: Rules): boolean =>
  session.anyReaction || rules.anyReaction || session.reactions.length === 0;

/** The reactions taken on a page; undefined where any is. Where nothing is offered at all, any is. */
export function listTaken(session: Offer, rules: Rules, page: string): readonly string[] | undefined {
  const named = Object.hasOwn(rules.pages, page) ? rules.pages[page] : rules.reactions;
  return named ?? (isOpen(session, rules) ? undefined : session.reactions);
}

/**
 * What the host offers on a page: it always has room among a session's kinds. Where a session is opened without
 * a list, that is what pages offer by themselves.
 */
export function listOffered(session: Offer, rules: Rules, page: string): readonly string[] {
  const own = session.reactions.length > 0 ? session.reactions : DEFAULT_REACTIONS;
  return (Object.hasOwn(rules.pages, page) ? rules.pages[page] : rules.reactions) ?? own;
}

/** The one of these that is the same reaction, as it is spelled there. */
export function findReaction(reactions: Iterable<string>, reaction: string): string | undefined {
  if (Array.isArray(reactions) && reactions.includes(reaction)) return reaction;
  const fold = foldReaction(reaction);
  for (const each of reactions) if (foldReaction(each) === fold) return each;
  return undefined;
}

/** Blocking a participant or letting them in again; `uncount` takes what they sent out of the totals. */
export const Block = z.object({ blocked: z.boolean(), uncount: z.boolean() });
