import createLayout from "d3-cloud";
import type { CloudSize, CloudWord, SizedWord } from "./cloud-size.ts";

/*
 * Where the words of a cloud stand. It is loaded when the first cloud is drawn: nobody else needs it.
 *
 * One part of it keeps the page from everything else, whatever is written: the library draws all words onto a canvas of
 * 2048 × 2048 and reads its 16 MB back, in 20 to 90 ms; on a machine that is six times as slow, or as busy, half a
 * second. As much again comes before it where a page shows Arabic, Japanese or emoji for the first time: the browser
 * looks for a font that has them, while it lays out the list of words, which has nothing to do with the cloud.
 */

/** Milliseconds at a stretch that a layout may keep the page from everything else. */
const STRETCH_MS = 12;
/** Around a word, as a part of its type's size. The layout looks for places that touch what is there: a wide one finds none. */
const PADDING = 0.14;

/** What the layout reads of a word and writes into it. */
interface Placed extends SizedWord {
  x?: number;
  y?: number;
}

/** Those that found room. */
export interface Layout {
  readonly words: readonly CloudWord[];
  /** How far they reach from the drawing's middle, to either side. */
  readonly reach: CloudSize;
}

/** The largest begin in the middle, and each takes the next free place. */
export const layoutCloud = (
  words: readonly SizedWord[],
  { width, height }: CloudSize,
  font: string,
): Promise<Layout> =>
  new Promise((resolve) => {
    createLayout<Placed>()
      .size([width, height])
      .words(words.map((word) => ({ ...word })))
      .text(({ text }) => text)
      .font(font)
      .fontWeight(700)
      .fontSize(({ size }) => size)
      .padding(({ size }) => Math.max(1, Math.round(PADDING * size)))
      .rotate(0)
      // Not by chance: the same words give the same cloud, on every screen and after every change.
      .random(() => 0.5)
      .timeInterval(STRETCH_MS)
      .on("end", (placed, bounds = []) =>
        resolve({
          words: placed.map(({ text, size, x = 0, y = 0 }) => ({ text, size, x, y })),
          reach: {
            width: Math.max(...bounds.map(({ x }) => Math.abs(x - width / 2))),
            height: Math.max(...bounds.map(({ y }) => Math.abs(y - height / 2))),
          },
        }),
      )
      .start();
  });
