import type { Tally } from "../../../../shared/interactions/activity/tally.ts";
import { getOwn } from "../../../client/record.ts";
import type { DeckActivity } from "./deck-activity.ts";

/**
 * Where the room wants to go: what most have chosen, the first of those that are equal.
 * @returns undefined where nobody has answered, or what was chosen leads nowhere
 */
export function pickWay({ definition, ways }: DeckActivity, tally: Tally | undefined): string | undefined {
  if (!("options" in definition) || !tally) return undefined;
  const counts = definition.options.map(({ id }) => getOwn(tally.counts, id) ?? 0);
  const most = Math.max(...counts);
  const winner = definition.options.find((_, index) => most > 0 && counts[index] === most);
  return winner && getOwn(ways, winner.id);
}

/** The slide of an address: `#/name`, or `#/2` and `#/2/1` counted from 0. */
export function findSlide(slides: HTMLElement, address: string): HTMLElement | undefined {
  const [name = "", below = "0"] = decode(address.replace(/^#\//, "")).split("/");
  const named = [...slides.querySelectorAll<HTMLElement>("section")].find(({ id }) => id === name);
  if (named) return named;
  const stack = listSlides(slides)[Number(name || Number.NaN)];
  return stack && (listSlides(stack)[Number(below)] ?? stack);
}

const listSlides = (element: HTMLElement): HTMLElement[] =>
  [...element.children].filter((child): child is HTMLElement => child.localName === "section");

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
