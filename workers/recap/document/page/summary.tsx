/** @jsxImportSource hono/jsx */
import type { RecapMoment, SlideSection, SummarySection } from "../../../../shared/protocol/recap.ts";
import { words as said } from "../words/en.ts";
import { Bar } from "./bar.tsx";
import { Paragraphs } from "./paragraphs.tsx";
import { SlideLink } from "./slide-link.tsx";

const words = said.page;

interface Props {
  readonly summary: SummarySection;
  readonly slides: readonly SlideSection[];
}

/** The whole talk in short, and where the room was liveliest. */
export function Summary({ summary, slides }: Props) {
  const { id, text, moments } = summary;
  if (text.length === 0 && moments.length === 0) return null;
  return (
    <section class="summary" id={id} aria-labelledby="summary-name">
      <h2 id="summary-name">{words.summary}</h2>
      <Paragraphs text={text} />
      {moments.length > 0 && <Moments moments={moments} slides={slides} />}
    </section>
  );
}

/** In the order of the talk. */
function Moments({ moments, slides }: { readonly moments: readonly RecapMoment[] } & Pick<Props, "slides">) {
  const most = Math.max(...moments.map(({ count }) => count));
  return (
    <>
      <h3>{words.moments}</h3>
      <ol class="moments">
        {moments
          .toSorted((a, b) => a.at - b.at)
          .map(({ at, seconds, page, title, count }) => (
            <li>
              <span class="moment-at">{words.at(at)}</span>
              <span class="moment-name">
                <SlideLink page={page} title={title} slide={slides.find((slide) => slide.page === page)} />
              </span>
              <Bar percent={(count / most) * 100} />
              <span class="soft">{words.within(count, seconds)}</span>
            </li>
          ))}
      </ol>
    </>
  );
}
