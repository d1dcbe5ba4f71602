import { foldReaction } from "../../shared/interactions/reaction/reaction.ts";
import type { Pages } from "../../shared/protocol/totals.ts";
import { common } from "../words/en.ts";

export { DEFAULT_REACTIONS } from "../../shared/interactions/reaction/reaction.ts";

/** Of one page, by reaction. Both come from outside: never look one up as a property. */
export type Counts = Readonly<Record<string, number>>;

const names = new Map(Object.entries(common.reactionNames).map(([face, name]) => [foldReaction(face), name]));

/** What a screen reader says for it. */
export const nameReaction = (reaction: string): string => names.get(foldReaction(reaction)) ?? reaction;

/** Each reaction once, as it is spelled first. */
export function uniteReactions(reactions: readonly string[]): string[] {
  const united = new Map<string, string>();
  for (const reaction of reactions) {
    const fold = foldReaction(reaction);
    if (!united.has(fold)) united.set(fold, reaction);
  }
  return [...united.values()];
}

/** The counts of a page, which may be called `constructor`. */
export const countsOf = (pages: Pages, page: string): Counts | undefined =>
  Object.hasOwn(pages, page) ? pages[page] : undefined;

/**
 * Counts of a page, in the order of the buttons; reactions that have no button (any more) come after them.
 * Spellings of one reaction are counted together.
 */
export function listCounts(
  offered: readonly string[],
  counts: Counts = {},
): [reaction: string, count: number][] {
  const listed = new Map<string, [reaction: string, count: number]>();
  for (const reaction of offered) listed.set(foldReaction(reaction), [reaction, 0]);
  for (const [reaction, count] of Object.entries(counts)) {
    const fold = foldReaction(reaction);
    const known = listed.get(fold);
    listed.set(fold, [known?.[0] ?? reaction, (known?.[1] ?? 0) + count]);
  }
  return [...listed.values()];
}

/** Large numbers take little room: 1234 becomes "1.2K". */
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
export const formatCount = (count: number): string => compact.format(count);

/**
 * The class of an element that shows a reaction: fonts know digits, `#` and `*` as emoji too, so words with some are drawn
 * as words. Keycaps stay pictures.
 */
export const faceClass = (reaction: string): string =>
  /[0-9#*](?!\uFE0F?\u20E3)/.test(reaction) ? "" : "emoji";
