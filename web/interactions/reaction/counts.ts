import { foldReaction } from "../../../shared/interactions/reaction/reaction.ts";
import type { Pages } from "../../../shared/protocol/totals.ts";
import type { Bar } from "../../ui/bars.tsx";
import { faceClass, nameReaction } from "./face.tsx";
import { reactions } from "./words/en.ts";

/** Of one page, by reaction. Both come from outside: never look one up as a property. */
export type Counts = Readonly<Record<string, number>>;

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

/** A count as a result bar. */
export const toBar = ([reaction, count]: readonly [string, number]): Bar => ({
  label: reaction,
  name: `${nameReaction(reaction)}: ${reactions(count)}`,
  count,
  face: faceClass(reaction),
});
