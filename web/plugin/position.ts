import type { Deck } from "./deck.ts";
import { type DeckState, type HeardState, writeDeckState } from "./deck-state.ts";
import { getSubtitle, getTitle } from "./slide-title.ts";

/** Where the deck is now, and what it says there. */
export function describeDeck(deck: Deck, hold: boolean): DeckState {
  const { h, v, f } = deck.getIndices();
  // Neither is there while a deck is being taken apart.
  const slide = deck.getCurrentSlide() as HTMLElement | undefined;
  return {
    h: h || 0,
    v: v || 0,
    f,
    title: slide && getTitle(slide),
    subtitle: slide && getSubtitle(slide),
    overview: deck.isOverview(),
    paused: deck.isPaused(),
    hold,
  };
}

/** The same, as a text that is equal whenever the deck shows the same. */
export const printDeck = (deck: Deck): string => writeDeckState(describeDeck(deck, false));

/** Takes the deck there. What the state leaves open stays as it is, but for overview and pause, which it ends. */
export function moveDeck(deck: Deck, { h, v, f, overview, paused }: HeardState): void {
  const now = deck.getIndices();
  if (h !== undefined && v !== undefined) {
    const isElsewhere = now.h !== h || (now.v || 0) !== v || (f !== undefined && now.f !== f);
    if (isElsewhere) deck.slide(h, v, f);
  }
  if (deck.isOverview() !== (overview ?? false)) deck.toggleOverview(overview ?? false);
  if (deck.isPaused() !== (paused ?? false)) deck.togglePause(paused ?? false);
}
