import { hasAtMost, isPlainKey, isSeen } from "../../../../protocol/text.ts";
import type { BaseDefinition } from "../../definition.ts";
import type { Kind } from "../../kind.ts";

/** Words of one's own, for a cloud. */
export interface Words extends BaseDefinition {
  readonly kind: "words";
  /** How many from each person. */
  readonly words: number;
}

/** Characters of one word. */
export const WORD_LENGTH = 32;

const PUNCTUATION = /[\p{P}\p{Z}]+/gu;
const BLANKS = /\s+/g;
/** What only says how an emoji looks, where a line may end, or which way it runs; and what is no character to read. */
const UNSEEN =
  /[\uFE0E\uFE0F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\p{Cc}]/gu;

/**
 * What different spellings of one word have in common: `Café`, `CAFÉ ` and `café!` are one. It is shown like that, too, and
 * what is shown is folded to itself: by that it can be hidden.
 */
export const foldWord = (word: string): string => {
  const seen = word.replaceAll(BLANKS, " ").replaceAll(UNSEEN, "");
  // A letter of another alphabet's shape may have a capital only once it is plain: 𝐀 is A is a.
  const folded = seen.normalize("NFKC").toLowerCase().normalize("NFKC");
  const plain = folded.replaceAll(BLANKS, " ").trim();
  // What is nothing but punctuation is a word, too.
  return plain.replaceAll(PUNCTUATION, dropAround) || plain;
};

/** Looked at once each, however many there are: a pattern that is bound to the end is tried at every one of them. */
const dropAround = (found: string, at: number, text: string): string =>
  at === 0 || at + found.length === text.length ? "" : found;

export const words: Kind<Words> = {
  // More words are more to say; what was said stays what it is.
  getMeaning: () => null,
  accept({ words }, value) {
    if (!Array.isArray(value) || value.length > words) return undefined;
    const folded = new Set(value.map(foldWord));
    const isGood = (word: string) => isSeen(word) && hasAtMost(word, WORD_LENGTH) && isPlainKey(word);
    return folded.size > 0 && [...folded].every(isGood) ? [...folded] : undefined;
  },
  *count(value) {
    if (Array.isArray(value)) for (const word of value) yield [word, 1];
  },
  tally: (counts) => ({ counts }),
  isOpenEnded: true,
};
