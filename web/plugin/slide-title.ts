/** What a slide calls itself: `data-revint-title`, else its first heading. */
export function getTitle(slide: HTMLElement): string | undefined {
  return slide.dataset.revintTitle ?? textOf(findHeading(slide));
}

/** `data-revint-subtitle`, else what stands right below the heading: another heading, or a `.subtitle`. */
export function getSubtitle(slide: HTMLElement): string | undefined {
  const given = slide.dataset.revintSubtitle;
  if (given !== undefined) return given;
  const next = findHeading(slide)?.nextElementSibling;
  return next?.matches("h1, h2, h3, h4, h5, h6, .subtitle") ? textOf(next) : undefined;
}

/** A slide that holds speaker notes may have a heading in them: that one is nobody's title. */
const findHeading = (slide: HTMLElement): Element | undefined =>
  [...slide.querySelectorAll("h1, h2, h3, h4, h5, h6")].find((heading) => !heading.closest("aside.notes"));

const textOf = (element: Element | null | undefined): string | undefined =>
  element?.textContent?.replace(/\s+/g, " ").trim() || undefined;
