import type { Deck } from "./deck.ts";

/** A part of the deck's viewport, in pixels from its top left corner. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** What is as large as this, as a part of the viewport, is a backdrop, a panel or a canvas, and nothing to step around. */
const LARGE = 0.5;
/** Elements that the slides are made of, or that only show how far the deck is. */
const PARTS = ".slides, .backgrounds, .progress, .pause-overlay, .aria-status, [data-revint-layer]";

/**
 * What stands over or beside the slides by its own decision: menu buttons, footers and logos of
 * themes and of other plugins.
 * @param isInside those inside the `.reveal` element too, which a deck that gives up a strip takes along
 */
export function listObstacles(deck: Deck, isInside: boolean): Area[] {
  const viewport = deck.getViewportElement();
  const reveal = deck.getRevealElement();
  if (!viewport || !reveal || (viewport === reveal && !isInside)) return [];
  const frame = viewport.getBoundingClientRect();
  const walker = document.createTreeWalker(viewport, NodeFilter.SHOW_ELEMENT, (node) => {
    const isLeftOut = (node as Element).matches(PARTS) || (node === reveal && !isInside);
    return isLeftOut ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  });
  const areas: Area[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node as HTMLElement;
    if (element === reveal || !isPlaced(element)) continue;
    const { top, left, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) continue;
    if (width > LARGE * frame.width && height > LARGE * frame.height) continue;
    const [y, x] = [top - frame.top, left - frame.left];
    areas.push({ top: y, left: x, bottom: y + height, right: x + width });
  }
  return areas;
}

export const meets = (one: Area, other: Area): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

function isPlaced(element: HTMLElement): boolean {
  const { position, visibility, opacity } = getComputedStyle(element);
  const isFloating = position === "fixed" || position === "absolute" || position === "sticky";
  return isFloating && visibility === "visible" && opacity !== "0";
}
