import type { SlideSection } from "../../../shared/protocol/recap.ts";

/** How often the room reacted on a slide. */
export const countReactions = ({
  reactions,
  otherReactions = 0,
}: Pick<SlideSection, "reactions" | "otherReactions">): number =>
  reactions.reduce((sum, { count }) => sum + count, otherReactions);

/** Slides on which more happened come first. */
export const compareTelling = (a: SlideSection, b: SlideSection): number =>
  countReactions(b) - countReactions(a) || b.seconds - a.seconds;
