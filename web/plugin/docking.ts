import type { Store } from "../ui/store.ts";
import type { Deck } from "./deck.ts";
import type { Place } from "./options.ts";
import type { View } from "./view.ts";

/** A gutter narrower than this, in em of the overlay, is no place for a code that a room can scan. */
const SIDE_EM = 11;
/**
 * Height of the bar: em of the overlay, or a part of the window's height, so that its code can be
 * scanned from the last row; a deck may set `--revint-bar-height` instead.
 */
const BAR_EM = 6;
const BAR_PART = 0.12;

/**
 * Finds the overlay a place where it covers nothing: beside the slides when the window leaves
 * room there, else in a bar below, for which the deck gives up a strip of its height.
 */
export class Docking {
  readonly #deck: Deck;
  readonly #store: Store<View>;
  readonly #place: Place;
  readonly #host: HTMLElement;
  readonly #height: string;
  readonly #update = () => this.update();

  constructor(deck: Deck, store: Store<View>, place: Place, host: HTMLElement) {
    this.#deck = deck;
    this.#store = store;
    this.#place = place;
    this.#host = host;
    this.#height = deck.getRevealElement()?.style.height ?? "";
    deck.on("resize", this.#update);
    addEventListener("resize", this.#update);
  }

  update(): void {
    const { role, isShown, isWelcome, joinUrl, resultsUrl } = this.#store.get();
    const height = this.#deck.getViewportElement()?.clientHeight ?? 0;
    const em = Number.parseFloat(getComputedStyle(this.#host).fontSize) || 16;
    const gutter = Math.floor(this.#gutter());
    const bar = Math.round(Math.max(BAR_EM * em, BAR_PART * height));
    const place = this.#place === "auto" ? (gutter >= SIDE_EM * em ? "side" : "bar") : this.#place;
    this.#host.style.setProperty("--gutter", `${gutter}px`);
    this.#host.style.setProperty("--bar", `${bar}px`);
    this.#host.style.setProperty("--height", `${height}px`);
    this.#store.set({ place });
    // A slide without the overlay has all of the window, and so has a deck that came after the end.
    const isWanted = isShown && isWelcome && (joinUrl !== undefined || resultsUrl === undefined);
    const isBar = role === "lead" && isWanted && place === "bar";
    const strip = isBar ? `var(--revint-bar-height, ${bar}px)` : "0px";
    this.#host.style.setProperty("--strip", strip);
    this.#reserve(isBar ? `calc(100% - ${strip})` : this.#height);
  }

  stop(): void {
    this.#deck.off("resize", this.#update);
    removeEventListener("resize", this.#update);
    this.#reserve(this.#height);
  }

  /** Room beside the slides at full height, in pixels. Measured without the bar, so that it can't flicker. */
  #gutter(): number {
    const viewport = this.#deck.getViewportElement();
    const { width, height, margin } = this.#deck.getConfig() as Record<string, unknown>;
    if (!viewport || typeof width !== "number" || typeof height !== "number") return 0;
    const room = 1 - (typeof margin === "number" ? margin : 0.04);
    const { clientWidth, clientHeight } = viewport;
    const scale = Math.min((clientWidth * room) / width, (clientHeight * room) / height);
    return (clientWidth - width * scale) / 2;
  }

  #reserve(height: string): void {
    const reveal = this.#deck.getRevealElement();
    // An embedded deck without a viewport of its own has nothing it could give up.
    if (!reveal || reveal === this.#deck.getViewportElement() || reveal.style.height === height) return;
    reveal.style.height = height;
    this.#deck.layout();
  }
}
