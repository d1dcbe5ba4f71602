import { LIMITS } from "../../shared/protocol/limits.ts";

/** A piece of text as it stands on a page. */
export interface PageText {
  readonly text: string;
  /** Its letters' height, and where it stands, from the top left: all in one unit. */
  readonly size: number;
  readonly x: number;
  readonly y: number;
}

/** Letters that differ less are of one size: files round. */
const SAME_SIZE = 0.08;
/** A title's lines are no further apart, in heights of its letters. */
const LINE_HEIGHT = 1.7;
/** Titles stand in this part of a page; a page with nothing there, such as a chapter's, has its title below. */
const UPPER_PART = 0.6;
/** What has fewer letters or digits is an ornament, or a page's number. */
const SHORTEST = 2;

/**
 * What a page calls itself: its largest text near the top, over several lines where they belong together.
 * @param height of the page
 */
export function findPageTitle(texts: readonly PageText[], height: number): string | undefined {
  const lines = toLines(texts).filter(({ text }) => (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= SHORTEST);
  const upper = lines.filter(({ y }) => y <= height * UPPER_PART);
  const candidates = upper.length > 0 ? upper : lines;
  const largest = Math.max(...candidates.map(({ size }) => size));
  const title: PageText[] = [];
  // What stands beside it, in another column, is of another size.
  for (const line of candidates.filter(({ size }) => isAlike(size, largest))) {
    const previous = title.at(-1);
    if (previous && line.y - previous.y > largest * LINE_HEIGHT) break;
    title.push(line);
  }
  if (title.length === 0) return undefined;
  const text = title.map(({ text }) => text).join(" ");
  return [...text].slice(0, LIMITS.nameLength).join("");
}

/** Pieces that stand beside each other, as lines from the top. A letter is often a piece of its own. */
function toLines(texts: readonly PageText[]): PageText[] {
  const lines: PageText[] = [];
  const pieces = texts.filter(({ text, size }) => text !== "" && size > 0);
  for (const piece of pieces) {
    const index = lines.findIndex(
      ({ y, size }) => Math.abs(y - piece.y) < Math.min(size, piece.size) / 2 && isAlike(size, piece.size),
    );
    const line = lines[index];
    if (line) lines[index] = { ...line, text: line.text + piece.text };
    else lines.push(piece);
  }
  return lines
    .map((line) => ({ ...line, text: line.text.replaceAll(/\s+/g, " ").trim() }))
    .sort((a, b) => a.y - b.y || a.x - b.x);
}

const isAlike = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_SIZE * Math.max(a, b);
