/** A piece of a page's text, as pdf.js tells it. */
export interface TextPiece {
  readonly text: string;
  /** Of its letters, in the page's own units. */
  readonly height: number;
  /** From the bottom of the page. */
  readonly y: number;
}

/** As long as a heading gets; what is longer is cut. */
const LONGEST = 120;

/** Text of one size, give or take a little: the same word in another font is as large. */
const isAsLarge = (height: number, largest: number) => height >= largest * 0.9;

/**
 * What a page of a PDF calls itself: its largest text, the uppermost where there are several, with the lines that follow
 * it in the same size. Numbers alone, such as a page's, are none.
 */
export function findHeading(pieces: readonly TextPiece[]): string | undefined {
  const readable = pieces.filter(({ text }) => /\p{L}/u.test(text));
  const largest = Math.max(...readable.map(({ height }) => height));
  const first = readable
    .filter(({ height }) => isAsLarge(height, largest))
    .reduce<TextPiece | undefined>(
      (top, piece) => (top === undefined || piece.y > top.y ? piece : top),
      undefined,
    );
  if (!first) return undefined;
  const start = pieces.indexOf(first);
  const end = pieces.findIndex(
    (piece, index) => index > start && !belongsTo(piece, pieces[index - 1], largest),
  );
  const words = pieces.slice(start, end < 0 ? undefined : end).map(({ text }) => text);
  const heading = words.join(" ").replace(/\s+/g, " ").trim();
  return heading.length <= LONGEST ? heading : `${heading.slice(0, LONGEST).trim()}…`;
}

/** Whether a piece goes on with the one before it: as large, or nothing but space, and no more than two lines below. */
function belongsTo(piece: TextPiece, before: TextPiece | undefined, largest: number): boolean {
  if (piece.text.trim() === "") return true;
  return isAsLarge(piece.height, largest) && before !== undefined && before.y - piece.y <= 2 * largest;
}
