/** What turns the writing of others around: overrides and embeddings of direction that nobody closes. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/gu;
const CONTROL = /[\p{Cc}\u2028\u2029]/gu;

/**
 * A text that somebody wrote, as it is kept and shown: line breaks stay, at most one empty line in a row; what is no
 * character, or disturbs the texts around it, goes.
 */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ")
    .replaceAll(TURNING, "")
    .replaceAll(CONTROL, (character) => (character === "\n" ? character : ""))
    .replaceAll(/[ \u00A0]+/g, dropAtBreak)
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();

/** Blanks at the end of a line or at its beginning. Each run is looked at once, however long it is. */
const dropAtBreak = (blanks: string, at: number, text: string): string =>
  text[at - 1] === "\n" || text[at + blanks.length] === "\n" ? "" : blanks;
