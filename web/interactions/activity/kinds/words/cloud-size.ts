/** A word, and how often it was given. */
export type Word = readonly [text: string, count: number];

/** The drawing's own units: it is stretched to the room there is. */
export interface CloudSize {
  readonly width: number;
  readonly height: number;
}

export interface SizedWord {
  readonly text: string;
  /** Of its type, in the drawing's units. */
  readonly size: number;
}

/** A word that has its place: where the middle of its line stands, from the drawing's middle. */
export interface CloudWord extends SizedWord {
  readonly x: number;
  readonly y: number;
}

/** Different sizes there are. With few of them, most words stay where they are when one count changes. */
const LEVELS = 7;
/** The smallest type, as a part of the largest. */
const SMALLEST = 0.3;
/** How much of the drawing words may cover, roughly: they leave gaps between each other. */
const COVERED = 0.42;
/** No word is larger than this part of the height, and none wider than that of the width. */
const TALLEST = 0.3;
const WIDEST = 0.92;
/** Every size is a power of this times the largest one: a little more to say does not move everything. */
const GRADE = 0.88;

/**
 * How large each word is, so that all of them should find room: by the square root of how often it was given, since the
 * eye compares areas.
 * @param measure the width of a text in type of size 1
 */
export function sizeWords(
  words: readonly Word[],
  room: CloudSize,
  measure: (text: string) => number,
): SizedWord[] {
  const most = Math.max(1, ...words.map(([, count]) => count));
  const measured = words.map(([text, count]) => ({
    text,
    width: Math.max(0.3, measure(text)),
    level: getLevel(count, most),
  }));
  const fits = (largest: number) =>
    measured.reduce((sum, { width, level }) => sum + width * 1.1 * (level * largest) ** 2, 0) <=
    COVERED * room.width * room.height;
  let largest = TALLEST * room.height;
  while (largest > 1 && !fits(largest)) largest *= GRADE;
  return measured.map(({ text, width, level }) => ({
    text,
    size: Math.max(1, Math.floor(Math.min(largest * level, (WIDEST * room.width) / width))),
  }));
}

/** From `SMALLEST` to 1. */
function getLevel(count: number, most: number): number {
  const part = Math.sqrt(count / most);
  return SMALLEST + (1 - SMALLEST) * (Math.round(part * LEVELS) / LEVELS);
}

/** The same words, smaller, for another try. */
export const shrink = (words: readonly SizedWord[]): SizedWord[] =>
  words.map(({ text, size }) => ({ text, size: Math.max(1, Math.floor(size * GRADE)) }));
