import { isReadable, readText } from "./visible-text.ts";

const HEADINGS = "h1, h2, h3, h4, h5, h6";

/**
 * What a slide calls itself: `data-revint-title`, else its first heading, else its first line of text.
 * Only what people can read on it now: a title must not tell what a fragment is still to show.
 */
export function getTitle(slide: HTMLElement): string | undefined {
  const given = slide.dataset.revintTitle;
  if (given !== undefined) return given;
  const heading = findHeading(slide);
  return heading ? textOf(heading) : readText(slide).split("\n").map(toLine).find(Boolean);
}

/** `data-revint-subtitle`, else what stands right below the heading: another heading, or a `.subtitle`. */
export function getSubtitle(slide: HTMLElement): string | undefined {
  const given = slide.dataset.revintSubtitle;
  if (given !== undefined) return given;
  const next = findHeading(slide)?.nextElementSibling;
  return next?.matches(`${HEADINGS}, .subtitle`) && isReadable(next, slide) ? textOf(next) : undefined;
}

const findHeading = (slide: HTMLElement): Element | undefined =>
  [...slide.querySelectorAll(HEADINGS)].find((heading) => isReadable(heading, slide) && textOf(heading));

const textOf = (element: Element): string | undefined => toLine(readText(element)) || undefined;

const toLine = (text: string): string => text.replace(/\s+/g, " ").trim();
