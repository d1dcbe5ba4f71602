import { common } from "../words/en.ts";

export { DEFAULT_REACTIONS } from "../../shared/reaction.ts";

/** What a screen reader says for it. */
export const nameReaction = (reaction: string): string => common.reactionNames[reaction] ?? reaction;

/** Counts of a page, in the order of the buttons; reactions that have no button (any more) come after them. */
export function listCounts(
  offered: readonly string[],
  counts: Readonly<Record<string, number>> = {},
): [reaction: string, count: number][] {
  const others = Object.keys(counts).filter((reaction) => !offered.includes(reaction));
  return [...offered, ...others].map((reaction) => [reaction, counts[reaction] ?? 0]);
}

/** Large numbers take little room: 1234 becomes "1.2K". */
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
export const formatCount = (count: number): string => compact.format(count);
