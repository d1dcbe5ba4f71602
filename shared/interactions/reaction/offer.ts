import type { Rules } from "../../protocol/rules.ts";
import type { PublicSession } from "../../protocol/session.ts";
import { DEFAULT_REACTIONS, findReaction } from "./reaction.ts";

/** What a session says of its reactions. */
export type Offer = Pick<PublicSession, "reactions" | "anyReaction">;

/** What the rules say of reactions; those of before `anyReaction` said less. */
export type ReactionRules = Pick<Rules, "reactions" | "pages"> & Partial<Pick<Rules, "anyReaction">>;

/** Nothing is known of what the session offers. */
const UNKNOWN: Offer = { reactions: [], anyReaction: false };

/** What the rules alone name for a page; undefined where they name nothing. */
export const listNamed = ({ reactions, pages }: ReactionRules, page: string): readonly string[] | undefined =>
  // A page may be called like something that every object has.
  (Object.hasOwn(pages, page) ? pages[page] : reactions) ?? undefined;

/** Whether a session takes words of its audience's own: its host said so, or never said what it offers. */
export const isOpen = (session: Offer, rules: ReactionRules): boolean =>
  session.anyReaction || rules.anyReaction === true || session.reactions.length === 0;

/** The reactions taken on a page; undefined where any is. Where nothing is offered at all, any is. */
export const listTaken = (
  session: Offer,
  rules: ReactionRules,
  page: string,
): readonly string[] | undefined =>
  listNamed(rules, page) ?? (isOpen(session, rules) ? undefined : session.reactions);

/**
 * Whether the host takes this reaction on this page, should reactions not be paused.
 * @param session without its facts, where the rules name nothing, any is taken
 */
export function isAllowed(
  rules: ReactionRules,
  page: string,
  reaction: string,
  session: Offer = UNKNOWN,
): boolean {
  const taken = listTaken(session, rules, page);
  return !taken || findReaction(taken, reaction) !== undefined;
}

/**
 * What the host offers on a page: it always has room among a session's kinds. Where a session is opened without
 * a list, that is what pages offer by themselves.
 */
export const listOffered = (session: Offer, rules: ReactionRules, page: string): readonly string[] =>
  listNamed(rules, page) ?? (session.reactions.length > 0 ? session.reactions : DEFAULT_REACTIONS);
