/** @jsxImportSource hono/jsx */
import { isShown, namePage } from "../../../../shared/protocol/page-name.ts";
import type { SlideSection } from "../../../../shared/protocol/recap.ts";
import { countReactions } from "../../material/telling.ts";
import { namePlainPage } from "../named.ts";
import { words as said } from "../words/en.ts";
import { Bar } from "./bar.tsx";
import { Counts } from "./counts.tsx";
import { Paragraphs } from "./paragraphs.tsx";

const words = said.page;

interface Props {
  readonly slides: readonly SlideSection[];
  /** How many more there were. */
  readonly more: number;
}

/** The talk in its order: what was shown, for how long, and how the room took it. */
export function SlideList({ slides, more }: Props) {
  const most = Math.max(...slides.map(countReactions));
  return (
    <section class="slides" aria-labelledby="slides-name">
      <h2 id="slides-name">{words.slides}</h2>
      {slides.map((slide) => (
        <Slide slide={slide} most={most} />
      ))}
      {more > 0 && <p class="soft">{words.moreSlides(more)}</p>}
    </section>
  );
}

function Slide({ slide, most }: { readonly slide: SlideSection; readonly most: number }) {
  const { id, page, title, seconds, text, reactions, otherReactions } = slide;
  const sum = countReactions(slide);
  const facts = [...(seconds > 0 ? [words.length(seconds)] : []), ...(sum > 0 ? [words.sum(sum)] : [])];
  return (
    <article class={text.length + reactions.length > 0 ? "slide" : "slide quiet"} id={id}>
      <h3 dir="auto">
        {title !== null && isShown(page) && <span class="number">{namePage(page)}</span>}{" "}
        <bdi>{title ?? namePlainPage(page)}</bdi>
      </h3>
      <p class="soft">{facts.join(" · ")}</p>
      {sum > 0 && <Bar percent={(sum / most) * 100} />}
      <Paragraphs text={text} />
      <Counts counts={reactions} label={words.counts} more={otherReactions} />
    </article>
  );
}
