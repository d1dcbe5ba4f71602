import { render } from "hono/jsx/dom";
import { deckSlots } from "../interactions/deck.ts";
import { getPage } from "../ui/deck-state.ts";
import type { Store } from "../ui/store.ts";
import type { Deck } from "./deck.ts";
import { fitBars } from "./fit.ts";
import { LiveQrSlot, SlideSlot } from "./overlay.tsx";
import { createShadow } from "./shadow.ts";
import type { View } from "./view.ts";

/** The elements of slides that the deck's author has left to the plugin, drawn live. */
export class Slots {
  readonly #deck: Deck;
  readonly #store: Store<View>;
  /** reveal.js centres a slide by its height, which what we draw changes. */
  readonly #sizes = new ResizeObserver(() => {
    for (const slot of listSlots(this.#deck, "totals")) fitBars(this.#deck, slot);
    this.#deck.layout();
  });

  constructor(deck: Deck, store: Store<View>) {
    this.#deck = deck;
    this.#store = store;
  }

  /** Draws into those that are there: once more after reveal.js has made its slides anew. */
  fill(): void {
    this.stop();
    const codes = listSlots(this.#deck, "qr");
    for (const slot of codes) {
      render(<LiveQrSlot store={this.#store} isBare={isBare(slot)} />, createShadow(slot));
    }
    for (const slot of [...codes, ...drawSlides(this.#deck, this.#store)]) this.#sizes.observe(slot);
  }

  /** What is drawn stays, and slides are no longer fitted to it. */
  stop(): void {
    this.#sizes.disconnect();
  }
}

/** Draws what the interactions show in slides, each for its page. @returns where */
export const drawSlides = (deck: Deck, store: Store<View>): readonly HTMLElement[] =>
  deckSlots.flatMap((slot) => {
    const places = listSlots(deck, slot.place);
    for (const place of places) {
      const getPage = () => getPageOfSlot(deck, place) ?? store.get().page;
      render(<SlideSlot slot={slot} store={store} getPage={getPage} />, createShadow(place));
    }
    return places;
  });

export function listSlots(deck: Deck, name: string): readonly HTMLElement[] {
  const slots = deck.getSlidesElement()?.querySelectorAll<HTMLElement>(`[data-revint-${name}]`) ?? [];
  for (const slot of slots) slot.classList.add("slot");
  return [...slots];
}

/** Without the link below the code. */
export const isBare = (slot: HTMLElement): boolean => slot.dataset.revintQr === "bare";

/** The pages whose counts the deck's slots show; empty for one that is on no slide. */
export const listPagesOfSlots = (deck: Deck): readonly string[] =>
  listSlots(deck, "totals").map((slot) => getPageOfSlot(deck, slot) ?? "");

/** The page that it names, else its slide's. `undefined`: it is on none. */
export function getPageOfSlot(deck: Deck, slot: HTMLElement): string | undefined {
  if (slot.dataset.revintTotals) return slot.dataset.revintTotals;
  const slide = slot.closest<HTMLElement>("section");
  const stack = slide?.parentElement?.closest<HTMLElement>("section");
  if (!slide) return undefined;
  return getPage({ h: countBefore(deck, stack ?? slide), v: stack ? countBefore(deck, slide) : 0 });
}

/** Also before reveal.js has started, and taken out the slides that nobody is to see. */
function countBefore(deck: Deck, slide: HTMLElement): number {
  const { showHiddenSlides } = deck.getConfig();
  const left = showHiddenSlides ? "section" : 'section:not([data-visibility="hidden"])';
  return [...(slide.parentElement?.children ?? [])].filter((each) => each.matches(left)).indexOf(slide);
}
