import { locale } from "../../words/en/language.ts";
import type { Figure, Results, ResultsSlot } from "../slots.ts";
import { listOfferedAtStart } from "./offer.ts";
import { SlideList, SlideTable } from "./slide-list.tsx";
import { listReactions, listSlides } from "./slides.ts";
import { results as words } from "./words/en.ts";

/** How many there were, and what people made of each slide. */
export const resultsSlot: ResultsSlot = {
  listFigures({ totals: { total, participants } }): Figure[] {
    const each = participants > 0 ? total / participants : 0;
    return [
      [words.total, total.toLocaleString(locale)],
      [words.each, each.toLocaleString(locale, { maximumFractionDigits: 1 })],
    ];
  },
  Sections: BySlide,
};

function BySlide({ results: { offered, timeline, totals } }: { results: Results }) {
  const reactions = listReactions(listOfferedAtStart({ reactions: offered }), totals.pages);
  const slides = listSlides(timeline, totals.pages, reactions);
  if (slides.length === 0) return null;
  return (
    <section class="by-slide" aria-labelledby="slides">
      <h2 id="slides">{words.slides}</h2>
      <SlideList slides={slides} reactions={reactions} />
      <SlideTable slides={slides} reactions={reactions} />
    </section>
  );
}
