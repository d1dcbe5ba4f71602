import type { Deck } from "./deck.ts";

/** Sizes of the bars, as parts of the slide's own: the first at which the slide fits is taken. */
const SIZES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3];
/** Two columns of bars need so much width, in em. */
const TWO_EM = 16;

/**
 * Makes the result bars of a slide as large as fits onto it: in two columns where there is room,
 * and then smaller. A slide that is not shown has no size, and nothing happens.
 */
export function fitBars(deck: Deck, slot: HTMLElement): void {
  const slide = slot.closest<HTMLElement>("section");
  const { height } = deck.getConfig();
  const limit = typeof height === "number" ? height : (deck.getSlidesElement()?.clientHeight ?? 0);
  if (!slide || slide.offsetHeight === 0 || limit === 0) return;
  const em = Number.parseFloat(getComputedStyle(slot).fontSize) || 16;
  const apply = (size: number, isTwo: boolean) => {
    slot.style.setProperty("--revint-fit", `${size}`);
    slot.classList.toggle("revint-two", isTwo);
    return getEnd(slot, slide) <= limit;
  };
  const isWide = slot.clientWidth >= TWO_EM * em;
  if (apply(1, false)) return;
  SIZES.some((size) => apply(size, isWide));
}

/** Where the slide's content ends, and the bars do: in the slide's own pixels, whatever moves it on the screen. */
function getEnd(slot: HTMLElement, slide: HTMLElement): number {
  let end = slot.offsetHeight;
  for (let element: HTMLElement | null = slot; element && element !== slide; ) {
    end += element.offsetTop;
    const parent: Element | null = element.offsetParent;
    element = parent instanceof HTMLElement && slide.contains(parent) ? parent : null;
  }
  return Math.max(end, slide.offsetHeight);
}
