import { listNamed, type ReactionRules } from "../../shared/interactions/reaction/offer.ts";
import { findReaction } from "../../shared/interactions/reaction/reaction.ts";
import { getOwn, toRecord } from "./record.ts";
import type { Rules, SessionAnswer } from "./session.ts";

/** What holds until a host says otherwise. */
export const OPEN_RULES: Rules = {
  paused: false,
  reactions: null,
  pages: toRecord([]),
  anyReaction: false,
  questions: "off",
  names: true,
};

/** The buttons to offer on a page, while the facts are not known too. Empty: the client's own. */
export const offeredReactions = (
  info: Pick<SessionAnswer, "reactions"> | undefined,
  rules: ReactionRules,
  page: string,
): readonly string[] => listNamed(rules, page) ?? info?.reactions ?? [];

/** The count of a reaction among those of its page, however it was spelled when it came first. */
export function getCount(counts: Readonly<Record<string, number>> | undefined, reaction: string): number {
  if (!counts) return 0;
  return getOwn(counts, findSpelling(counts, reaction)) ?? 0;
}

/** The reaction as the counts spell it; as it is, where they don't have it. */
export const findSpelling = (counts: Readonly<Record<string, number>>, reaction: string): string =>
  findReaction(Object.keys(counts), reaction) ?? reaction;
