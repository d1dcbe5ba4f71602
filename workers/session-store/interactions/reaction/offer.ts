import { isAllowed, isOpen, listOffered } from "../../../../shared/interactions/reaction/offer.ts";
import { findReaction, type NewReaction } from "../../../../shared/interactions/reaction/reaction.ts";
import { isPerson } from "../../../../shared/protocol/identity.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import { ENDED, NOT_FOUND } from "../../refusals.ts";
import type { SessionState } from "../../session-state.ts";

/** How the host spells a reaction that it offers on a page that was shown, or that its rules name. */
export function findOffered(
  { facts, shown }: SessionState,
  page: string,
  reaction: string,
): string | undefined {
  if (!facts || !(shown.has(page) || Object.hasOwn(facts.rules.pages, page))) return undefined;
  return findReaction(listOffered(facts.session, facts.rules, page), reaction);
}

/** What the host says to this reaction, and to who sends it. */
export function refuseReaction(
  state: SessionState,
  participant: string,
  { page, reaction }: NewReaction,
): Refusal | undefined {
  if (!state.facts) return NOT_FOUND;
  const { session, rules, endedAt, blocked } = state.facts;
  if (endedAt !== null) return ENDED;
  if (rules.paused) return { code: "reactions_paused", detail: "the host has paused reactions" };
  if (!isAllowed(rules, page, reaction, session)) {
    return { code: "reaction_not_allowed", detail: "the host does not take this reaction on this page" };
  }
  const isReachable = isOpen(session, rules) || state.shown.has(page) || Object.hasOwn(rules.pages, page);
  if (!isReachable) {
    return { code: "reaction_not_allowed", detail: "the deck has not shown this page" };
  }
  const sentOut = state.refuseName(participant);
  if (sentOut) return sentOut;
  if (blocked.includes(participant)) {
    return { code: "blocked", detail: "the host does not take your reactions" };
  }
  if (!isPerson(participant)) {
    return { code: "not_participant", detail: "only the audience reacts; join as a user" };
  }
  return undefined;
}

/** The reaction as the host spells it, also on a page that is yet to be shown: from then on rooms spell it so unasked. */
export function spellAsOffered({ facts }: SessionState, page: string, reaction: string): string {
  const offered = facts && findReaction(listOffered(facts.session, facts.rules, page), reaction);
  return offered ?? reaction;
}

/** Another text whenever what is offered somewhere has changed. */
export const getOfferVersion = ({ facts, shown }: SessionState): string => `${facts?.revision} ${shown.size}`;
