/**
 * What the plugin uses of reveal.js 5 and 6. Their types differ in places that don't matter here,
 * and a deck with neither package's types can still be type-checked.
 */
export interface Deck {
  on(type: string, listener: () => void): void;
  off(type: string, listener: () => void): void;
  isReady(): boolean;
  isSpeakerNotes(): boolean;
  isOverview(): boolean;
  isPaused(): boolean;
  isScrollView(): boolean;
  getConfig(): object;
  configure(options: { scrollActivationWidth: null }): void;
  toggleScrollView(override?: boolean): void;
  getIndices(slide?: HTMLElement): { h: number; v: number; f?: number };
  getCurrentSlide(): HTMLElement;
  getRevealElement(): HTMLElement | null;
  getSlidesElement(): HTMLElement | null;
  getSlideBackground(slide: HTMLElement): HTMLElement | undefined;
  getViewportElement(): HTMLElement | null;
  getScale(): number;
  slide(h: number, v: number, f?: number): void;
  layout(): void;
  toggleOverview(override?: boolean): void;
  togglePause(override?: boolean): void;
  addKeyBinding(binding: { keyCode: number; key: string; description: string }, callback: () => void): void;
  removeKeyBinding(keyCode: number): void;
}

/** Every way a deck can come to show something else. */
const MOVES = [
  "slidechanged",
  "fragmentshown",
  "fragmenthidden",
  "overviewshown",
  "overviewhidden",
  "paused",
  "resumed",
] as const;

/** Calls back whenever the deck may show something else. The returned function stops it. */
export function onMove(deck: Deck, listener: () => void): () => void {
  for (const move of MOVES) deck.on(move, listener);
  return () => {
    for (const move of MOVES) deck.off(move, listener);
  };
}

/**
 * One slide at a time. On narrow windows reveal.js would make one long page of all slides, where
 * nobody can say which slide people see, and a deck that is taken somewhere passes all the others.
 */
export function showSingleSlides(deck: Deck): void {
  deck.configure({ scrollActivationWidth: null });
  if (deck.isScrollView()) deck.toggleScrollView(false);
}

/** Whether this window only renders the deck: speaker view, or print and PDF export. There nothing may connect. */
export function isCopy(deck: Deck): boolean {
  return deck.isSpeakerNotes() || isPrint(deck);
}

function isPrint(deck: Deck): boolean {
  const { view } = deck.getConfig() as { view?: unknown };
  return view === "print" || /print-pdf/i.test(location.search);
}
