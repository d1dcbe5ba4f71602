const encoder = new TextEncoder();

/** The size of a text on the wire and on disk. */
export function byteLength(text: string): number {
  return encoder.encode(text).byteLength;
}

/** Whole code points and no NUL: what survives JSON, a URL and SQLite unchanged. */
export const isWhole = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

/** Whether it has at most so many code points: counted only where UTF-16 units do not already say enough. */
export const hasAtMost = (text: string, most: number): boolean =>
  text.length <= most || [...text].length <= most;

const SEEN = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** Whether there is anything to see of a text: of blanks and of what only says how others look, there is not. */
export const isSeen = (text: string): boolean => SEEN.test(text);

/** JSON turns this name into something else than a plain key. */
export const isPlainKey = (text: string): boolean => text !== "__proto__";

/** What the id of a reaction is made of: visible ASCII, so that it can stand in a header. */
export const ID = /^[\x21-\x7e]+$/;
