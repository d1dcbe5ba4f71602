import type { RevintOptions } from "./options.ts";

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
  getConfig(): DeckConfig;
  configure(options: {
    scrollActivationWidth?: null;
    view?: null;
    shuffle?: false;
    autoSlide?: number | false;
  }): void;
  toggleScrollView(override?: boolean): void;
  getIndices(slide?: HTMLElement): { h: number; v: number; f?: number };
  /** None before the first, and while a deck is being taken apart. */
  getCurrentSlide(): HTMLElement | undefined;
  getSlide(h: number, v?: number): HTMLElement | undefined;
  getTotalSlides(): number;
  /** Where it is, and since 5.2 which lightbox is open. */
  getState(): { previewImage?: string; previewVideo?: string; previewIframe?: string };
  getRevealElement(): HTMLElement | null;
  getSlidesElement(): HTMLElement | null;
  getSlideBackground(slide: HTMLElement): HTMLElement | undefined;
  getViewportElement(): HTMLElement | null;
  getScale(): number;
  slide(h: number, v: number, f?: number): void;
  layout(): void;
  toggleOverview(override?: boolean): void;
  togglePause(override?: boolean): void;
  previewImage?(url: string, fit?: string): void;
  previewVideo?(url: string, fit?: string): void;
  previewIframe?(url: string): void;
  hidePreview?(): void;
  /** What draws the number in the corner; plugins are given it, and its types don't tell. */
  readonly slideNumber?: { getSlideNumber?(slide: HTMLElement): string };
  addKeyBinding(binding: { keyCode: number; key: string; description: string }, callback: () => void): void;
  removeKeyBinding(keyCode: number): void;
}

/** What is read of its options. Whoever wrote them may have written anything. */
interface DeckConfig {
  readonly revint?: RevintOptions;
  readonly autoSlide?: number | false;
  readonly height?: unknown;
  readonly margin?: unknown;
  readonly previewLinks?: unknown;
  readonly showHiddenSlides?: unknown;
  readonly shuffle?: unknown;
  readonly slideNumber?: unknown;
  readonly view?: unknown;
  readonly width?: unknown;
}

/** Calls back once reveal.js has started, or at once where it has. */
export function onReady(deck: Deck, listener: () => void): void {
  if (deck.isReady()) listener();
  else deck.on("ready", listener);
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
  "previewimage",
  "previewvideo",
  "previewiframe",
  "closeoverlay",
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
 * @returns whether it was such a page: reveal.js has then made all slides anew
 */
export function showSingleSlides(deck: Deck): boolean {
  const isScroll = deck.isScrollView();
  deck.configure({ scrollActivationWidth: null });
  if (isScroll) deck.toggleScrollView(false);
  return isScroll;
}

/**
 * Whether its slides are shuffled, or one long page, as its author wants it. No two copies of it show the
 * same then, so one that leads or follows must not be, which can only be said before it starts.
 */
export function isUnordered(deck: Deck): boolean {
  const { view } = deck.getConfig();
  return isShuffled(deck) || view === "scroll" || view === "reader";
}

export const isShuffled = (deck: Deck): boolean => deck.getConfig().shuffle === true;

/** Before reveal.js starts: slides in their author's order, one at a time. */
export const putInOrder = (deck: Deck): void =>
  deck.configure({ shuffle: false, view: null, scrollActivationWidth: null });

/** The slide's number as the deck shows it, such as `4/20`; `undefined` where it shows none. */
export function getSlideNumber(deck: Deck, slide: HTMLElement): string | undefined {
  if (!deck.getConfig().slideNumber) return undefined;
  const html = deck.slideNumber?.getSlideNumber?.(slide) ?? "";
  const text = new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
  return text.trim().replace(/\s*([./])\s*|\s+/g, (_, sign: string | undefined) => sign ?? " ") || undefined;
}

/** Whether this window only renders the deck: speaker view, or print and PDF export. There nothing may connect. */
export function isCopy(deck: Deck): boolean {
  return deck.isSpeakerNotes() || isPrint(deck);
}

export function isPrint(deck: Deck): boolean {
  const { view } = deck.getConfig();
  return view === "print" || /print-pdf/i.test(location.search);
}
