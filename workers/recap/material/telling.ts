import type { SlideSection } from "../../../shared/protocol/recap.ts";

/** How often the room reacted on a slide. */
export const countReactions = ({ reactions }: Pick<SlideSection, "reactions">): number =>
  reactions.reduce((sum, { count }) => sum + count, 0);

/** Slides on which more happened come first. */
export const compareTelling = (a: SlideSection, b: SlideSection): number =>
  countReactions(b) - countReactions(a) || b.seconds - a.seconds;
