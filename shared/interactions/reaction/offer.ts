import type { PublicRules } from "../../protocol/rules.ts";
import type { PublicSession } from "../../protocol/session.ts";
import { DEFAULT_REACTIONS } from "./reaction.ts";

/** What a session says of its reactions. */
type Offer = Pick<PublicSession, "reactions" | "anyReaction">;

/** Whether a session takes words of its audience's own: its host said so, or never said what it offers. */
export const isOpen = (session: Offer, rules: PublicRules): boolean =>
  session.anyReaction || rules.anyReaction || session.reactions.length === 0;

/** The reactions taken on a page; undefined where any is. Where nothing is offered at all, any is. */
export function listTaken(session: Offer, rules: PublicRules, page: string): readonly string[] | undefined {
  return listNamed(rules, page) ?? (isOpen(session, rules) ? undefined : session.reactions);
}

/**
 * What the host offers on a page: it always has room among a session's kinds. Where a session is opened without
 * a list, that is what pages offer by themselves.
 */
export function listOffered(session: Offer, rules: PublicRules, page: string): readonly string[] {
  const own = session.reactions.length > 0 ? session.reactions : DEFAULT_REACTIONS;
  return listNamed(rules, page) ?? own;
}

/** What the rules alone name for a page; undefined where they name nothing. */
const listNamed = ({ reactions, pages }: PublicRules, page: string): readonly string[] | undefined =>
  // A page may be called like something that every object has.
  (Object.hasOwn(pages, page) ? pages[page] : reactions) ?? undefined;
