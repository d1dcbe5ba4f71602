/** `POST …/react` */
export interface NewReaction {
  readonly page: string;
  readonly reaction: string;
}

/** With the id under which it counts once. */
export interface IdentifiedReaction extends NewReaction {
  readonly id: string;
}

/** Offered when a session brings no set of its own. */
export const DEFAULT_REACTIONS: readonly string[] = ["👍", "❤️", "😂", "🤯", "👏", "❓"];

/** Text and emoji presentation: U+FE0E and U+FE0F. */
const SELECTORS = /[\uFE0E\uFE0F]/g;
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * What two spellings of one reaction have in common: `❤` and `❤️` differ by a variation selector that
 * keyboards add or leave out, and an accent may be a character of its own. Skin tones and joined
 * emoji stay what they are. Reactions are compared by this, and shown as they were first sent.
 */
export const foldReaction = (text: string): string =>
  // Most are a single emoji: what has no mark of either kind is its own fold.
  PLAIN.test(text) ? text : text.normalize("NFC").replaceAll(SELECTORS, "") || text;

/** The one of these that is the same reaction, as it is spelled there. */
export function findReaction(reactions: Iterable<string>, reaction: string): string | undefined {
  if (Array.isArray(reactions) && reactions.includes(reaction)) return reaction;
  const fold = foldReaction(reaction);
  for (const each of reactions) if (foldReaction(each) === fold) return each;
  return undefined;
}
