import { getPage } from "../ui/deck-state.ts";
import type { Deck } from "./deck.ts";

/** The elements that the deck's author has left to the plugin. */
export function listSlots(deck: Deck, name: "qr" | "totals"): readonly HTMLElement[] {
  const slots = deck.getSlidesElement()?.querySelectorAll<HTMLElement>(`[data-revint-${name}]`) ?? [];
  for (const slot of slots) slot.classList.add("slot");
  return [...slots];
}

/** Without the link below the code. */
export const isBare = (slot: HTMLElement): boolean => slot.dataset.revintQr === "bare";

/** The page whose counts it shows: the one it names, else its slide's. `undefined`: it is on none. */
export function getPageOfSlot(deck: Deck, slot: HTMLElement): string | undefined {
  if (slot.dataset.revintTotals) return slot.dataset.revintTotals;
  const slide = slot.closest<HTMLElement>("section");
  const stack = slide?.parentElement?.closest<HTMLElement>("section");
  if (!slide) return undefined;
  return getPage({ h: countBefore(deck, stack ?? slide), v: stack ? countBefore(deck, slide) : 0 });
}

/** Also before reveal.js has started, and taken out the slides that nobody is to see. */
function countBefore(deck: Deck, slide: HTMLElement): number {
  const { showHiddenSlides } = deck.getConfig() as { showHiddenSlides?: unknown };
  const left = showHiddenSlides ? "section" : 'section:not([data-visibility="hidden"])';
  return [...(slide.parentElement?.children ?? [])].filter((each) => each.matches(left)).indexOf(slide);
}
