/** Something of a deck as HTML: as its owner has it, with notes and what is right, and as everybody else does. */
export interface Rendered {
  readonly own: string;
  readonly open: string;
}

export const forEverybody = (html: string): Rendered => ({ own: html, open: html });
export const forOwner = (html: string): Rendered => ({ own: html, open: "" });

/** One behind the other, with this around them all. */
export function joinRendered(
  parts: readonly Rendered[],
  [before, between, after]: readonly [before: string, between: string, after: string],
): Rendered {
  const join = (which: keyof Rendered) => before + parts.map((part) => part[which]).join(between) + after;
  return { own: join("own"), open: join("open") };
}
