import type { SlideSection } from "../../../../shared/protocol/recap.ts";
import type { DraftStatement } from "../draft.ts";
import { nameLabel } from "../named.ts";
import { words } from "../words/en.ts";
import type { Phrases } from "./phrases.ts";

/** Slides that are told apart from the others, where there are others. */
export interface Outstanding {
  readonly most: SlideSection | undefined;
  readonly longest: SlideSection | undefined;
  /** The page of the talk's liveliest moment. */
  readonly liveliest: string | undefined;
}

/** A stay that is worth saying, in seconds. */
const LONG = 90;

const { slides } = words;

export const sumReactions = ({ reactions }: SlideSection): number =>
  reactions.reduce((sum, { count }) => sum + count, 0);

/** @param liveliest the page of the talk's liveliest moment */
export function findOutstanding(all: readonly SlideSection[], liveliest: string | undefined): Outstanding {
  const reactedOn = all.filter(({ reactions }) => reactions.length > 0);
  return {
    most: reactedOn.length > 1 ? findAhead(reactedOn, sumReactions) : undefined,
    longest: all.length > 2 ? findAhead(all, ({ seconds }) => seconds) : undefined,
    liveliest: reactedOn.length > 1 ? liveliest : undefined,
  };
}

/** The one that has more than any other. */
function findAhead(all: readonly SlideSection[], measure: (slide: SlideSection) => number) {
  const [first, second] = all.toSorted((a, b) => measure(b) - measure(a));
  return first && second && measure(first) > measure(second) ? first : undefined;
}

/** What the room did on one slide, if it did anything. */
export function writeSlide(
  slide: SlideSection,
  outstanding: Outstanding,
  phrases: Phrases,
): DraftStatement[] {
  const { id, page, seconds } = slide;
  const isLiveliest = page === outstanding.liveliest;
  return phrases.say(
    id,
    [id, ...(isLiveliest ? ["summary"] : [])],
    sayReactions(slide, outstanding, phrases),
    [isLiveliest && slides.liveliest],
    [slide === outstanding.longest && seconds >= LONG && slides.longest(seconds)],
  );
}

function sayReactions(slide: SlideSection, { most }: Outstanding, phrases: Phrases): (string | false)[] {
  const [first, second] = slide.reactions;
  if (!first) return [];
  const sum = sumReactions(slide);
  const label = nameLabel(first.label);
  const isAhead = first.count > (second?.count ?? 0);
  if (slide === most)
    return [isAhead && second !== undefined && slides.mostOf(sum, label, first.count), slides.most(sum)];
  if (sum === 1) return [slides.single(label)];
  if (!second) return [phrases.vary(slides.alike)(sum, label), slides.plain(sum)];
  if (isAhead) return [phrases.vary(slides.ahead)(sum, label, first.count), slides.plain(sum)];
  return [phrases.vary(slides.mixed)(sum)];
}
