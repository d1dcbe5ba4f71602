import type { KeptAnswer } from "./answer-key.ts";
import { type Definition, kinds } from "./kinds/index.ts";

/** What a right answer is worth at once, and what it is worth at least. */
const MOST = 1000;
const LEAST = 500;
/** Nobody reads and answers faster than that: until then, nobody loses anything. In milliseconds. */
const FREE_MS = 500;

/**
 * What an answer to a quiz question is worth. A right one has all points within half a second and half of them when
 * the question's `seconds` are over, falling evenly in between; without `seconds`, time plays no part.
 * @param definition with the seconds that people had
 * @returns undefined where nothing is right or wrong
 */
export function getPoints(definition: Definition, { value, elapsedMs }: KeptAnswer): number | undefined {
  const isCorrect = kinds[definition.kind].isCorrect?.(definition, value);
  if (isCorrect === undefined) return undefined;
  if (!isCorrect) return 0;
  const { seconds } = definition;
  if (seconds === undefined) return MOST;
  const used = (elapsedMs - FREE_MS) / (seconds * 1000 - FREE_MS);
  const points = MOST - (MOST - LEAST) * Math.min(1, Math.max(0, used));
  return Math.round(points / 10) * 10;
}
