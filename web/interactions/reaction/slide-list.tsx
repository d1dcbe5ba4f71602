import { type Bar, Bars } from "../../ui/bars.tsx";
import { formatCount } from "../../ui/count.ts";
import { nameDuration } from "../../ui/duration.ts";
import { isShown, namePage, nameSlide } from "../../ui/page-name.ts";
import { locale } from "../../words/en/language.ts";
import { toBar } from "./counts.ts";
import { Face, nameReaction } from "./face.tsx";
import type { Slide } from "./slides.ts";
import { reactions as countReactions, results as words } from "./words/en.ts";

/** Colours there are; further reactions share the last one. */
const COLOURS = 8;
/** A sheet of paper has room for so many slides. */
const ON_PAPER = 44;
/** And for so many with more than one line each. */
const IN_LINES = 24;

interface Props {
  readonly slides: readonly Slide[];
  readonly reactions: readonly string[];
}

const colour = (index: number) => `c${Math.min(index, COLOURS - 1)}`;

/** Every slide with one bar for each reaction, as long as its share of the largest there is. */
export function SlideList({ slides, reactions }: Props) {
  const most = Math.max(1, ...slides.flatMap(({ counts }) => counts));
  const least = leastOnPaper(slides);
  const offPaper = slides.filter(({ total }) => total < least).length;
  return (
    <>
      <ol class={slides.length > IN_LINES ? "slides dense" : "slides"}>
        {slides.map((slide) => (
          <li key={slide.page} class={slide.total < least ? "slide off-paper" : "slide"}>
            <span class="number">{isShown(slide.page) ? namePage(slide.page) : "–"}</span>
            <span class="name" dir="auto">
              {slide.title ?? nameSlide(slide.page)}
            </span>
            <span class="shown">{slide.shown > 0 && nameDuration(slide.shown)}</span>
            <span class="total" data-total={formatCount(slide.total)}>
              {countReactions(slide.total)}
            </span>
            <Bars bars={listBars(slide, reactions)} most={most} />
          </li>
        ))}
      </ol>
      {offPaper > 0 && <p class="only-paper">{words.more(offPaper)}</p>}
    </>
  );
}

/** Only what was given, and each reaction in the same colour on every slide. */
const listBars = ({ counts }: Slide, reactions: readonly string[]): Bar[] =>
  reactions
    .map((reaction, index) => ({ ...toBar([reaction, counts[index] ?? 0]), fill: colour(index) }))
    .filter(({ count }) => count > 0);

/** What a slide needs to be printed, so that everything stays on one sheet. */
function leastOnPaper(slides: readonly Slide[]): number {
  const sorted = slides.map(({ total }) => total).sort((a, b) => b - a);
  const last = sorted[ON_PAPER - 1];
  if (last === undefined || sorted.length <= ON_PAPER) return 0;
  // Several may have as many as the last one that fits; then none of them is printed.
  return sorted[ON_PAPER] === last ? last + 1 : last;
}

/** The same in numbers, for those who read tables or have them read to them. */
export function SlideTable({ slides, reactions }: Props) {
  const sums = reactions.map((_, index) => slides.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0));
  return (
    <details class="numbers">
      <summary>{words.table}</summary>
      {/* It may be wider than a phone: whoever has no finger on it scrolls with the keyboard. */}
      <section class="scroll" aria-label={words.table} tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.slide}</th>
              <th scope="col">{words.shown}</th>
              {reactions.map((reaction) => (
                <th key={reaction} scope="col" class="figure" aria-label={nameReaction(reaction)}>
                  <Face reaction={reaction} />
                </th>
              ))}
              <th scope="col" class="figure">
                {words.sum}
              </th>
            </tr>
          </thead>
          <tbody>
            {slides.map((slide) => (
              <tr key={slide.page}>
                <th scope="row">
                  {isShown(slide.page) && <span class="number">{namePage(slide.page)}</span>}{" "}
                  <bdi>{slide.title ?? nameSlide(slide.page)}</bdi>
                </th>
                <td>{nameDuration(slide.shown)}</td>
                {slide.counts.map((count, index) => (
                  <td key={reactions[index]} class="figure">
                    {count.toLocaleString(locale)}
                  </td>
                ))}
                <td class="figure">{slide.total.toLocaleString(locale)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{words.all}</th>
              <td>{nameDuration(slides.reduce((sum, { shown }) => sum + shown, 0))}</td>
              {sums.map((sum, index) => (
                <td key={reactions[index]} class="figure">
                  {sum.toLocaleString(locale)}
                </td>
              ))}
              <td class="figure">{sums.reduce((all, sum) => all + sum, 0).toLocaleString(locale)}</td>
            </tr>
          </tfoot>
        </table>
      </section>
    </details>
  );
}
