import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";

/** The words of a text, without case and accents. */
function listWords(text: string): Set<string> {
  const words = new Intl.Segmenter(undefined, { granularity: "word" }).segment(
    text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase(),
  );
  return new Set([...words].flatMap(({ segment, isWordLike }) => (isWordLike ? segment : [])));
}

/** Short words are in every text, so each counts by its length. */
const weigh = (words: Iterable<string>): number => [...words].reduce((sum, word) => sum + word.length - 1, 0);

/**
 * Those that may ask the same, most alike first; of equals the order stays.
 * @param searched what somebody looks for instead: then only those that have all of its words, or their beginnings
 */
export function listAlike(
  question: LiveQuestion,
  others: readonly LiveQuestion[],
  searched: string,
): LiveQuestion[] {
  const own = listWords(question.text);
  const wanted = [...listWords(searched)];
  return others
    .map((other) => {
      const words = listWords(other.text);
      const isFound = wanted.every((start) => [...words].some((word) => word.startsWith(start)));
      return {
        other,
        isFound,
        weight: weigh([...words].filter((word) => own.has(word))) / (1 + weigh(words)),
      };
    })
    .filter(({ isFound }) => isFound)
    .sort((a, b) => b.weight - a.weight)
    .map(({ other }) => other);
}
