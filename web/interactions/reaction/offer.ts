import { listNamed, type ReactionRules } from "../../../shared/interactions/reaction/offer.ts";
import { DEFAULT_REACTIONS, foldReaction } from "../../../shared/interactions/reaction/reaction.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { PublicSession } from "../../../shared/protocol/session.ts";
import { uniteReactions } from "./counts.ts";

/** Buttons that fit on a phone, and that a session may offer. */
export const MOST_BUTTONS = LIMITS.reactions;

/**
 * The buttons of a page: those of the session that its host allows there, in their order, and
 * after them what is allowed besides, such as the answers of a vote.
 */
export function listButtons(
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

/** The buttons that a session was opened with; where that names none, those that every page has by itself. */
export const listOfferedAtStart = (
  session: Pick<PublicSession, "reactions"> | undefined,
): readonly string[] => (session?.reactions.length ? session.reactions : DEFAULT_REACTIONS);
