import { hasAtMost, isPlainKey } from "../../../../protocol/text.ts";
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

/** Punctuation and blanks around a word, and what only says how an emoji looks, anywhere. */
const AROUND = /^[\p{P}\p{Z}\p{Cc}]+|[\p{P}\p{Z}\p{Cc}]+$/gu;
const SELECTORS = /[\uFE0E\uFE0F]/g;
const BLANKS = /\s+/g;

/** What different spellings of one word have in common: `Café`, `CAFÉ ` and `café!` are one. It is shown like that, too. */
export const foldWord = (word: string): string => {
  const folded = word.replaceAll(SELECTORS, "").toLowerCase().normalize("NFKC");
  const plain = folded.replaceAll(BLANKS, " ").trim();
  // What is nothing but punctuation is a word, too.
  return plain.replaceAll(AROUND, "") || plain;
};

export const words: Kind<Words> = {
  // More words are more to say; what was said stays what it is.
  getMeaning: () => null,
  accept({ words }, value) {
    if (!Array.isArray(value) || value.length > words) return undefined;
    const folded = new Set(value.map(foldWord));
    const isGood = (word: string) => word !== "" && hasAtMost(word, WORD_LENGTH) && isPlainKey(word);
    return folded.size > 0 && [...folded].every(isGood) ? [...folded] : undefined;
  },
  *count(value) {
    if (Array.isArray(value)) for (const word of value) yield [word, 1];
  },
  tally: (counts) => ({ counts }),
  isOpenEnded: true,
};
