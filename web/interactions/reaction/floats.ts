import type { Pages } from "../../../shared/protocol/totals.ts";
import type { DeckView, Floats } from "../slots.ts";
import { faceClass } from "./face.tsx";

/** At most this many rise for one piece of news, and are in the air together: more says nothing more. */
const MOST_AT_ONCE = 12;
const MOST_IN_AIR = 40;
/** News comes four times a second at most; what it brings is spread over this time, in milliseconds. */
const SPREAD_MS = 600;
const RISE_MS = 2600;

/** Lets every new reaction rise once inside `space`. Decoration only: the counts say the same. */
export class ReactionFloats implements Floats {
  readonly #space: HTMLElement;
  #seen: Pages | undefined;

  constructor(space: HTMLElement) {
    this.#space = space;
  }

  /** The first news of a session only tells where it stands. */
  update({ pages }: DeckView["totals"], isShown: boolean): void {
    const seen = this.#seen;
    this.#seen = pages;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (seen === undefined || !isShown || isCalm || document.hidden) return;
    for (const reaction of listNew(seen, pages)) this.#rise(reaction);
  }

  #rise(reaction: string): void {
    if (this.#space.childElementCount >= MOST_IN_AIR) return;
    const float = document.createElement("span");
    float.className = `float ${faceClass(reaction)}`;
    float.textContent = reaction;
    float.style.left = `${Math.random() * 100}%`;
    this.#space.append(float);
    const height = this.#space.clientHeight;
    const sway = (Math.random() - 0.5) * 2;
    const animation = float.animate(
      [
        { transform: "translate(-50%, 0) scale(0.6)", opacity: 0 },
        {
          transform: `translate(calc(-50% + ${sway}em), ${-0.15 * height}px) scale(1)`,
          opacity: 1,
          offset: 0.15,
        },
        { transform: `translate(calc(-50% - ${sway}em), ${-0.85 * height}px)`, opacity: 0 },
      ],
      { duration: RISE_MS, delay: Math.random() * SPREAD_MS, easing: "ease-out", fill: "both" },
    );
    animation.onfinish = () => float.remove();
  }
}

/**
 * The reactions that came since, each as often as it came, but no more than can be told apart.
 * Pages and reactions are anybody's words, so that only what an object holds itself is read.
 */
export function listNew(before: Pages, after: Pages): string[] {
  const fresh = Object.entries(after).flatMap(([page, counts]) =>
    Object.entries(counts).flatMap(([reaction, count]) => {
      const known = Object.hasOwn(before, page) ? before[page] : undefined;
      const more = count - (known && Object.hasOwn(known, reaction) ? (known[reaction] ?? 0) : 0);
      return more > 0 ? new Array<string>(Math.min(more, MOST_AT_ONCE)).fill(reaction) : [];
    }),
  );
  return fresh.slice(0, MOST_AT_ONCE);
}
