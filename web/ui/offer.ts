import { listNamed, type ReactionRules } from "../../shared/interactions/reaction/offer.ts";
import { foldReaction } from "../../shared/interactions/reaction/reaction.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { uniteReactions } from "./reactions.ts";

/** Buttons that fit on a phone, and that a session may offer. */
export const MOST_BUTTONS = LIMITS.reactions;

/**
 * The buttons of a page: those of the session that its host allows there, in their order, and
 * after them what is allowed besides, such as the answers of a vote.
 */
export function listOffered(
  offered: readonly string[],
  rules: ReactionRules,
  page: string,
): readonly string[] {
  const allowed = listNamed(rules, page);
  if (!allowed) return offered;
  const folds = new Set(allowed.map(foldReaction));
  const usual = offered.filter((reaction) => folds.has(foldReaction(reaction)));
  return uniteReactions([...usual, ...allowed]).slice(0, MOST_BUTTONS);
}
