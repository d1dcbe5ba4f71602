import { type CloudSize, type CloudWord, shrink, sizeWords, type Word } from "./cloud-size.ts";

/** How often a cloud is made smaller, so that what found no room does. */
const TRIES = 9;
/** Between two layouts of one cloud, in milliseconds: an eye can't follow more. */
const PAUSE_MS = 700;

/** The cloud as it can be drawn. */
export interface Cloud {
  /** As much of the drawing as is shown, around its middle. */
  readonly size: CloudSize;
  readonly words: readonly CloudWord[];
}

/**
 * Lays out a cloud again and again as its words change: one layout at a time, and the newest words after it. What was
 * drawn stays until the next one is whole.
 */
export class CloudDrawing {
  readonly #onCloud: (cloud: Cloud) => void;
  /** In which order words came: those that are as frequent keep it, so that a new one moves no other. */
  readonly #order = new Map<string, number>();
  #wanted: { readonly words: readonly Word[]; readonly element: HTMLElement } | undefined;
  #isAtWork = false;
  #isStopped = false;

  /** @param onCloud told of each layout that is whole */
  constructor(onCloud: (cloud: Cloud) => void) {
    this.#onCloud = onCloud;
  }

  /** @param element where it is drawn: says the type, and how much room there is */
  draw(words: readonly Word[], element: HTMLElement): void {
    for (const [text] of words) if (!this.#order.has(text)) this.#order.set(text, this.#order.size);
    this.#wanted = { words, element };
    void this.#work();
  }

  stop(): void {
    this.#isStopped = true;
    this.#wanted = undefined;
  }

  async #work(): Promise<void> {
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    while (this.#wanted) {
      const { words, element } = this.#wanted;
      this.#wanted = undefined;
      // Without a cloud there is still the list of its words.
      const cloud = await layout(this.#sort(words), element).catch(() => undefined);
      if (cloud && !this.#isStopped) this.#onCloud(cloud);
      if (this.#wanted) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    this.#isAtWork = false;
  }

  #sort(words: readonly Word[]): Word[] {
    const placeOf = (text: string) => this.#order.get(text) ?? 0;
    return [...words].sort(([a, countA], [b, countB]) => countB - countA || placeOf(a) - placeOf(b));
  }
}

/** Multiples of 32, which the layout counts in. */
const WIDE: CloudSize = { width: 1024, height: 480 };
const NARROW: CloudSize = { width: 640, height: 768 };
/** A few words don't fill the drawing: it is drawn larger, in so many grades, and at most up to this one. */
const GRADES = 8;
const LEAST_GRADE = 4;

async function layout(words: readonly Word[], element: HTMLElement): Promise<Cloud> {
  const [{ layoutCloud }] = await Promise.all([import("./cloud.ts"), document.fonts.ready]);
  const { fontFamily, fontSize } = getComputedStyle(element);
  const size = element.clientWidth < 30 * Number.parseFloat(fontSize) ? NARROW : WIDE;
  let sized = sizeWords(words, size, createMeasure(fontFamily));
  let laid = await layoutCloud(sized, size, fontFamily);
  for (let tries = 1; tries < TRIES && laid.words.length < words.length; tries++) {
    sized = shrink(sized);
    laid = await layoutCloud(sized, size, fontFamily);
  }
  const part = getGrade(laid.reach, size) / GRADES;
  return { size: { width: size.width * part, height: size.height * part }, words: laid.words };
}

const getGrade = (reach: CloudSize, { width, height }: CloudSize): number =>
  Math.min(
    GRADES,
    Math.max(
      LEAST_GRADE,
      Math.ceil(GRADES * Math.max((2 * reach.width) / width, (2 * reach.height) / height)),
    ),
  );

function createMeasure(fontFamily: string): (text: string) => number {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) throw new Error("nothing to draw on");
  context.font = `700 100px ${fontFamily}`;
  return (text) => context.measureText(text).width / 100;
}
