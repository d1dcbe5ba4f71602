import { type DeckState, type HeardState, writeDeckState } from "../ui/deck-state.ts";
import { plugin as words } from "../words/en.ts";
import { type Deck, getSlideNumber } from "./deck.ts";
import { findLightbox, showLightbox } from "./lightbox.ts";
import { getSubtitle, getTitle } from "./slide-title.ts";

/** Where the deck is now, and what it says there. */
export function describeDeck(deck: Deck, hold: boolean): DeckState {
  const slide = deck.getCurrentSlide();
  return {
    ...describePlace(deck),
    slides: deck.getTotalSlides(),
    ...(slide && {
      id: slide.id,
      title: getTitle(slide) ?? nameByNumber(deck, slide),
      subtitle: getSubtitle(slide),
    }),
    hold,
  };
}

/** A slide without a word on it is called by its number where the deck shows one. */
function nameByNumber(deck: Deck, slide: HTMLElement): string | undefined {
  const number = getSlideNumber(deck, slide);
  return number === undefined ? undefined : words.slide(number);
}

/** Where it is, as a text that is equal whenever the deck is at the same place. */
export const printPlace = (deck: Deck): string => writeDeckState(describePlace(deck));

function describePlace(deck: Deck): DeckState {
  const { h, v, f } = deck.getIndices();
  return {
    // Not there while a deck is being taken apart.
    h: h || 0,
    v: v || 0,
    f,
    overview: deck.isOverview(),
    paused: deck.isPaused(),
    lightbox: findLightbox(deck),
  };
}

/**
 * Takes the deck there. What the state leaves open stays as it is, but for overview, pause and lightbox, which it ends.
 * @returns whether it is sure to show the same slide; a copy that was edited may not
 */
export function moveDeck(deck: Deck, state: HeardState): boolean {
  const { f, overview, paused, lightbox } = state;
  const { slide, isSure } = findSlide(deck, state);
  if (slide) {
    const [now, there] = [deck.getIndices(), deck.getIndices(slide)];
    const isElsewhere = now.h !== there.h || (now.v || 0) !== (there.v || 0);
    if (isElsewhere || (f !== undefined && now.f !== f)) deck.slide(there.h, there.v || 0, f);
  }
  if (deck.isOverview() !== (overview ?? false)) deck.toggleOverview(overview ?? false);
  if (deck.isPaused() !== (paused ?? false)) deck.togglePause(paused ?? false);
  showLightbox(deck, lightbox);
  return isSure;
}

interface Found {
  /** `undefined`: this copy has none like it, or the state names none. */
  readonly slide?: HTMLElement | undefined;
  readonly isSure: boolean;
}

/** The slide of that name, else the one at that place. */
function findSlide(deck: Deck, { h, v, id, slides }: HeardState): Found {
  if (h === undefined || v === undefined) return { isSure: true };
  const slide = getSlideAt(deck, h, v);
  if (id !== undefined) {
    const named = slide?.id === id ? slide : findByName(deck, id);
    if (named) return { slide: named, isSure: true };
  }
  const isAlike = slides === undefined || slides === deck.getTotalSlides();
  return { slide, isSure: slide !== undefined && id === undefined && isAlike };
}

/** reveal.js takes a slide without others below it for each of them. */
function getSlideAt(deck: Deck, h: number, v: number): HTMLElement | undefined {
  const slide = deck.getSlide(h, v);
  return slide && (deck.getIndices(slide).v || 0) === v ? slide : undefined;
}

const findByName = (deck: Deck, id: string): HTMLElement | undefined =>
  [...(deck.getSlidesElement()?.querySelectorAll<HTMLElement>("section") ?? [])].find(
    (slide) => slide.id === id && !slide.querySelector("section"),
  );
