import { foldReaction as fold } from "../../shared/interactions/reaction/reaction.ts";
import { getOwn, toRecord } from "./record.ts";
import type { Rules, SessionAnswer } from "./wire.ts";

/**
 * What two spellings of one reaction have in common, such as `❤` and `❤️`: reactions are compared by this, and
 * shown as they were first sent. (The library's types name nothing outside of it, hence its own.)
 */
export const foldReaction: (text: string) => string = fold;

/** What holds until a host says otherwise. */
export const OPEN_RULES: Rules = { paused: false, reactions: null, pages: toRecord([]), anyReaction: false };

/** What a session says of its reactions. */
type Offer = Pick<SessionAnswer, "reactions" | "anyReaction">;

/** What the rules say of reactions; those of before said less. */
type Named = Pick<Rules, "reactions" | "pages"> & Partial<Pick<Rules, "anyReaction">>;

/** What the rules alone name for a page; undefined where they name nothing. */
const listNamed = ({ reactions, pages }: Named, page: string): readonly string[] | undefined =>
  getOwn(pages, page) ?? reactions ?? undefined;

/**
 * Whether the host takes this reaction on this page, should reactions not be paused.
 * @param info the session's public facts: without them, where the rules name nothing, any is taken
 */
export function isAllowed(rules: Named, page: string, reaction: string, info?: Offer): boolean {
  const isOpen = !info || info.anyReaction || rules.anyReaction || info.reactions.length === 0;
  const taken = listNamed(rules, page) ?? (isOpen ? undefined : info.reactions);
  return !taken || taken.some((one) => isSameReaction(one, reaction));
}

/** The buttons to offer on a page, while the facts are not known too. Empty: the client's own. */
export const offeredReactions = (
  info: Pick<SessionAnswer, "reactions"> | undefined,
  rules: Named,
  page: string,
): readonly string[] => listNamed(rules, page) ?? info?.reactions ?? [];

/** Whether two texts are one reaction: `❤` and `❤️` are. */
export const isSameReaction = (one: string, other: string): boolean =>
  one === other || foldReaction(one) === foldReaction(other);

/** The count of a reaction among those of its page, however it was spelled when it came first. */
export function getCount(counts: Readonly<Record<string, number>> | undefined, reaction: string): number {
  if (!counts) return 0;
  return getOwn(counts, findSpelling(counts, reaction)) ?? 0;
}

/** The reaction as the counts spell it; as it is, where they don't have it. */
export function findSpelling(counts: Readonly<Record<string, number>>, reaction: string): string {
  if (Object.hasOwn(counts, reaction)) return reaction;
  return Object.keys(counts).find((one) => isSameReaction(one, reaction)) ?? reaction;
}
