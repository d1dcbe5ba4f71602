import type { Store } from "../ui/store.ts";
import { type Deck, onMove } from "./deck.ts";
import { type Area, listObstacles, meets } from "./obstacles.ts";
import type { Place } from "./options.ts";
import type { View } from "./view.ts";

/** Text of the overlay, as a part of the viewport's width and height: as readable on every screen. */
const EM_OF_WIDTH = 0.011;
const EM_OF_HEIGHT = 0.0195;
/** A gutter narrower than this, in em of the overlay, is no place for a code that a room can scan. */
const SIDE_EM = 11;
/** A card beside the slides is at most so high, in em. */
const CARD_EM = 30;
/**
 * Height of the bar: em of the overlay, or a part of the window's height, so that its code can be
 * scanned from the last row; a deck may set `--revint-bar-height` instead.
 */
const BAR_EM = 6;
const BAR_PART = 0.12;
/** What a theme keeps at an edge may push the bar this far away from it, as a part of the height. */
const LIFT_PART = 0.3;

/** Where the overlay goes: to which edge, and how far from it. */
interface Berth {
  readonly place: "side" | "bar" | "none";
  /** At the top, or at the left. */
  readonly isOpposite: boolean;
  /** Pixels between the bar and the edge. */
  readonly lift: number;
}

const berth = (place: Berth["place"], isOpposite = false, lift = 0): Berth => ({ place, isOpposite, lift });

interface Size {
  readonly width: number;
  readonly height: number;
  /** What `height` of the `.reveal` element amounts to, in CSS. */
  readonly whole: string;
}

/**
 * Finds the overlay a place where it covers nothing: beside the slides when the window leaves
 * room there, else in a bar below or above, for which the deck gives up a strip of its height.
 * What themes and other plugins keep at the edges stays uncovered too: inside the `.reveal` element
 * it is taken along when that gives up the strip, and outside of it the overlay steps aside.
 */
export class Docking {
  readonly #deck: Deck;
  readonly #store: Store<View>;
  readonly #place: Place;
  readonly #layer: HTMLElement;
  /** What the deck's own author has set of what is changed here. */
  readonly #original: readonly (readonly [name: string, value: string])[];
  readonly #update = () => this.#dock();
  readonly #sizes = new ResizeObserver(this.#update);
  readonly #stops: (() => void)[] = [];
  #wasWanted = false;
  #reserved = "";

  constructor(deck: Deck, store: Store<View>, place: Place, layer: HTMLElement) {
    this.#deck = deck;
    this.#store = store;
    this.#place = place;
    this.#layer = layer;
    const style = deck.getRevealElement()?.style;
    const names = ["height", "min-height", "top", "margin-top", "margin-bottom", "contain"];
    this.#original = names.map((name) => [name, style?.getPropertyValue(name) ?? ""]);
  }

  /** Once reveal.js is ready. From now on the overlay finds its place anew whenever something may have changed. */
  start(): void {
    this.#stops.push(
      onMove(this.#deck, this.#update),
      this.#store.watch(() => this.#isWanted() !== this.#wasWanted && this.#dock()),
    );
    this.#deck.on("resize", this.#update);
    addEventListener("resize", this.#update);
    document.addEventListener("fullscreenchange", this.#update);
    // Pages around a deck move it when they change.
    if (this.#isAlone()) this.#sizes.observe(document.body);
    this.#dock();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#deck.off("resize", this.#update);
    removeEventListener("resize", this.#update);
    document.removeEventListener("fullscreenchange", this.#update);
    this.#sizes.disconnect();
    this.#reserve(undefined, false, "");
  }

  #dock(): void {
    this.#attachLayer();
    const isWanted = this.#isWanted();
    this.#wasWanted = isWanted;
    const size = this.#measure();
    const em = this.#setFontSize(size);
    const gutter = Math.floor(this.#getGutter(size));
    const bar = Math.round(Math.max(BAR_EM * em, BAR_PART * size.height));
    const { place, isOpposite, lift } = this.#choose(size, em, gutter, bar, isWanted);
    const isBar = isWanted && place === "bar";
    const strip = isBar ? `calc(var(--revint-bar-height, ${bar}px) + ${lift}px)` : "0px";
    const { style } = this.#layer;
    style.setProperty("--gutter", `${gutter}px`);
    style.setProperty("--bar", `${bar}px`);
    style.setProperty("--lift", `${lift}px`);
    style.setProperty("--height", `${size.height}px`);
    style.setProperty("--strip", isOpposite ? "0px" : strip);
    this.#store.set({ place, isOpposite });
    this.#reserve(isBar ? strip : undefined, isOpposite, size.whole);
  }

  /** A slide without the overlay has all of the window, and so has a deck that came after the end. */
  #isWanted(): boolean {
    const { role, isShown, isWelcome, joinUrl, resultsUrl } = this.#store.get();
    return role === "lead" && isShown && isWelcome && (joinUrl !== undefined || !resultsUrl);
  }

  /** An embedded deck without an element around it that is its viewport. */
  #isAlone(): boolean {
    return this.#deck.getRevealElement() === this.#deck.getViewportElement();
  }

  #isFullscreen(): boolean {
    return (
      document.fullscreenElement !== null && document.fullscreenElement === this.#deck.getRevealElement()
    );
  }

  /** Puts the layer where it can lie over the deck: into its viewport, or right behind a deck that has none. */
  #attachLayer(): void {
    const viewport = this.#deck.getViewportElement();
    if (!viewport) return;
    if (this.#isAlone() && !this.#isFullscreen()) {
      if (this.#layer.previousElementSibling !== viewport) viewport.after(this.#layer);
    } else if (this.#layer.parentElement !== viewport) viewport.append(this.#layer);
  }

  /** The deck's place on the screen, without what it has given up. */
  #measure(): Size {
    const reveal = this.#deck.getRevealElement();
    const viewport = this.#deck.getViewportElement();
    if (!reveal || !viewport) return { width: 0, height: 0, whole: "100%" };
    const { style } = this.#layer;
    if (!this.#isAlone() || this.#isFullscreen()) {
      style.inset = "";
      style.width = "";
      style.height = "";
      return { width: viewport.clientWidth, height: viewport.clientHeight, whole: "100%" };
    }
    const changed = this.#original.map(([name]) => [name, reveal.style.getPropertyValue(name)] as const);
    setStyles(reveal, this.#original);
    const { offsetTop, offsetLeft, offsetWidth: width, offsetHeight: height } = reveal;
    const whole = getComputedStyle(reveal).height;
    setStyles(reveal, changed);
    style.inset = `${offsetTop}px auto auto ${offsetLeft}px`;
    style.width = `${width}px`;
    style.height = `${height}px`;
    return { width, height, whole };
  }

  #setFontSize({ width, height }: Size): number {
    const em = Math.min(EM_OF_WIDTH * width, EM_OF_HEIGHT * height);
    this.#layer.style.setProperty("--em", `${em}px`);
    return Number.parseFloat(getComputedStyle(this.#layer).fontSize) || 16;
  }

  /** Room beside the slides at full height, in pixels. Measured without the bar, so that it can't flicker. */
  #getGutter(size: Size): number {
    const { width, height, margin } = this.#deck.getConfig();
    if (typeof width !== "number" || typeof height !== "number") return 0;
    const room = 1 - (typeof margin === "number" ? margin : 0.04);
    const scale = Math.min((size.width * room) / width, (size.height * room) / height);
    return (size.width - width * scale) / 2;
  }

  /** The first place where nothing else is: right, left, below, above; or else right beside what is there. */
  #choose(size: Size, em: number, gutter: number, bar: number, isWanted: boolean): Berth {
    const isGutter = gutter >= SIDE_EM * em;
    // In full screen, a deck without a viewport has no strip to give up.
    const mayBeBar = !this.#isAlone() || !this.#isFullscreen();
    if (!mayBeBar && !isGutter) return berth("none");
    const isSide = this.#place === "side" || !mayBeBar || (this.#place === "auto" && isGutter);
    if (!isWanted) return berth(isSide ? "side" : "bar");
    if (isSide) {
      const obstacles = listObstacles(this.#deck, true);
      const column = { top: 0, bottom: Math.min(size.height, CARD_EM * em) };
      const isOnRight = isFree({ ...column, left: size.width - gutter, right: size.width }, obstacles);
      const isOnLeft = !isOnRight && isFree({ ...column, left: 0, right: gutter }, obstacles);
      if (isOnRight || isOnLeft || this.#place === "side" || !mayBeBar) return berth("side", isOnLeft);
    }
    const obstacles = listObstacles(this.#deck, false);
    const bottom = { top: size.height - bar, bottom: size.height, left: 0, right: size.width };
    if (isFree(bottom, obstacles)) return berth("bar");
    if (isFree({ ...bottom, top: 0, bottom: bar }, obstacles)) return berth("bar", true);
    const low = obstacles.filter(({ top }) => top > (1 - LIFT_PART) * size.height);
    const lifts = low.filter((area) => meets(area, bottom)).map(({ top }) => Math.ceil(size.height - top));
    return berth("bar", false, Math.max(0, ...lifts));
  }

  /** The deck gives up a strip of this height, below or above, or takes it back. */
  #reserve(strip: string | undefined, isAbove: boolean, whole: string): void {
    const reveal = this.#deck.getRevealElement();
    if (!reveal) return;
    const reserved = strip === undefined ? "" : `${strip} ${isAbove} ${whole}`;
    if (reserved === this.#reserved) return;
    this.#reserved = reserved;
    setStyles(reveal, this.#original);
    if (strip !== undefined) {
      const next = this.#layer.nextElementSibling;
      const wanted = next?.getBoundingClientRect().top ?? 0;
      // What is fixed inside the deck is fixed to the deck then, and not to a window that it shares.
      setStyles(reveal, [
        ["height", `calc(${whole} - ${strip})`],
        ["contain", "layout"],
      ]);
      if (!this.#isAlone()) setStyles(reveal, [["top", isAbove ? strip : ""]]);
      else {
        const margin = isAbove ? "margin-top" : "margin-bottom";
        const wider = `${getComputedStyle(reveal).getPropertyValue(margin)} + ${strip}`;
        setStyles(reveal, [
          ["min-height", "0"],
          [margin, `calc(${wider})`],
        ]);
        // Margins of neighbours may have become one: what comes next stays where it was.
        const missing = wanted - (next?.getBoundingClientRect().top ?? 0);
        if (missing !== 0) setStyles(reveal, [[margin, `calc(${wider} + ${missing}px)`]]);
      }
    }
    this.#deck.layout();
  }
}

const isFree = (area: Area, obstacles: readonly Area[]): boolean =>
  !obstacles.some((obstacle) => meets(obstacle, area));

function setStyles(
  { style }: HTMLElement,
  values: readonly (readonly [name: string, value: string])[],
): void {
  for (const [name, value] of values) style.setProperty(name, value);
}
