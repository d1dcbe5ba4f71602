import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { Page, Reaction } from "./text.ts";

const Allowed = z.array(Reaction).max(LIMITS.allowedReactions, `up to ${LIMITS.allowedReactions} reactions`);

/** What the host allows at this moment: everyone hears it, every room holds to it. */
export const Rules = z.object({
  /** Nobody's reactions are taken until it is false again. */
  paused: z.boolean().default(false),
  /** The only reactions taken; `null`: any. */
  reactions: Allowed.nullable().default(null),
  /** The same for single pages, where it wins over `reactions`. */
  pages: z
    .record(Page, Allowed)
    .refine((pages) => Object.keys(pages).length <= LIMITS.rulePages, `up to ${LIMITS.rulePages} pages`)
    .default({}),
  /** Users may read timeline and export too. */
  publicResults: z.boolean().default(false),
});
export type Rules = z.infer<typeof Rules>;

/** Whether the rules let this reaction through on this page. */
export function isAllowed(rules: Rules, page: string, reaction: string): boolean {
  const allowed = Object.hasOwn(rules.pages, page) ? rules.pages[page] : rules.reactions;
  return !allowed || allowed.includes(reaction);
}

/** Blocking a participant or letting them in again; `uncount` takes what they sent out of the totals. */
export const Block = z.object({ blocked: z.boolean(), uncount: z.boolean() });
