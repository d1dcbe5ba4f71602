import type { Pages } from "../../../shared/protocol/totals.ts";
import { isShown } from "../../ui/page-name.ts";
import { comparePages } from "../../ui/page-order.ts";
import type { Timeline } from "../../ui/timeline.ts";
import { countsOf, listCounts, uniteReactions } from "./counts.ts";

/** One line of the results: a slide, how long it was shown, and what people made of it. */
export interface Slide {
  readonly page: string;
  readonly title: string | undefined;
  /** Milliseconds. */
  readonly shown: number;
  readonly total: number;
  /** In the order of `listReactions`, zeros included. */
  readonly counts: readonly number[];
}

/** Every reaction that was given or offered: those with buttons first, then the most frequent. */
export function listReactions(offered: readonly string[], pages: Pages): string[] {
  const sums = new Map<string, number>();
  for (const counts of Object.values(pages)) {
    for (const [reaction, count] of Object.entries(counts)) {
      sums.set(reaction, (sums.get(reaction) ?? 0) + count);
    }
  }
  const listed = listCounts(offered, Object.fromEntries(sums));
  const others = listed.splice(uniteReactions(offered).length).sort((a, b) => b[1] - a[1]);
  return [...listed, ...others].filter(([, count]) => count > 0).map(([reaction]) => reaction);
}

/** The slides in the order of the deck. What was shown before the talk began counts only with reactions. */
export function listSlides(
  { pages }: Pick<Timeline, "pages">,
  totals: Pages,
  reactions: readonly string[],
): Slide[] {
  const known = new Set(pages.map(({ page }) => page));
  const unheard = Object.keys(totals).filter((page) => !known.has(page));
  const all = [
    ...pages.map(({ page, title, dwell }) => ({ page, title: title ?? undefined, dwell })),
    ...unheard.map((page) => ({ page, title: undefined, dwell: [] })),
  ];
  return all
    .map(({ page, title, dwell }) => {
      const of = new Map(listCounts(reactions, countsOf(totals, page)));
      const counts = reactions.map((reaction) => of.get(reaction) ?? 0);
      const shown = dwell.reduce((sum, { from, until }) => sum + until - from, 0);
      return { page, title, shown, total: counts.reduce((sum, count) => sum + count, 0), counts };
    })
    .filter(({ page, total }) => isShown(page) || total > 0)
    .sort((a, b) => comparePages(a.page, b.page));
}
