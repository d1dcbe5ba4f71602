import { createSheet } from "../ui/sheet.ts";
import type { DeckStage } from "./slots.ts";

/** Draws into elements of the slides, once into each: a drawing goes on by itself. */
export class DeckPlaces {
  readonly #stage: DeckStage;
  readonly #css: string;
  #sheet: CSSStyleSheet | undefined;
  #hosts: readonly HTMLElement[] = [];
  /** Those that hold a drawing. */
  readonly #drawn = new WeakSet<HTMLElement>();
  /** reveal.js centres a slide by its height, which what we draw changes. */
  readonly #sizes = new ResizeObserver(() => this.#stage.fit(this.#hosts));

  /** @param css of what is drawn, besides the plugin's own */
  constructor(stage: DeckStage, css: string) {
    this.#stage = stage;
    this.#css = css;
  }

  /**
   * Draws into these, and fits no other ones any more.
   * @param draw into a new one
   * @returns what holds each drawing: the element itself, or one behind it
   */
  fill(elements: readonly HTMLElement[], draw: (root: ShadowRoot, index: number) => void): HTMLElement[] {
    this.#sizes.disconnect();
    const hosts = elements.map(findHost);
    this.#hosts = hosts;
    for (const [index, host] of hosts.entries()) {
      if (!this.#drawn.has(host)) draw(this.#open(host), index);
      this.#drawn.add(host);
      this.#sizes.observe(host);
    }
    return hosts;
  }

  #open(host: HTMLElement): ShadowRoot {
    const root = this.#stage.createShadow(host);
    this.#sheet ??= createSheet(this.#css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    return root;
  }
}

/** What a drawing goes into: the element itself, or a new one behind it where it can't hold one, such as a list. */
function findHost(element: HTMLElement): HTMLElement {
  if (element.localName === "div") return mark(element);
  const next = element.nextElementSibling;
  if (next instanceof HTMLElement && next.dataset.revintDrawn === "list") return next;
  const host = document.createElement("div");
  host.dataset.revintDrawn = "list";
  element.after(host);
  return mark(host);
}

function mark(host: HTMLElement): HTMLElement {
  host.dataset.revintDrawn ??= "";
  host.classList.add("slot");
  return host;
}
