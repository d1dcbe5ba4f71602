import type { Deck } from "./deck.ts";

/** Lets slides that go on by themselves do so only in the deck that drives: any other would run ahead of it. */
export class AutoSlide {
  readonly #deck: Deck;
  /** What the deck's author wants, while it is switched off. */
  #own: { readonly autoSlide: number | false } | undefined;

  constructor(deck: Deck) {
    this.#deck = deck;
  }

  allow(isAllowed: boolean): void {
    if (isAllowed === (this.#own === undefined)) return;
    if (this.#own) {
      this.#deck.configure(this.#own);
      this.#own = undefined;
      return;
    }
    const { autoSlide = 0 } = this.#deck.getConfig();
    const isTimed = autoSlide || this.#deck.getSlidesElement()?.querySelector("[data-autoslide]");
    if (!isTimed) return;
    this.#own = { autoSlide };
    // Not 0: that would leave the times of single slides.
    this.#deck.configure({ autoSlide: false });
  }
}
