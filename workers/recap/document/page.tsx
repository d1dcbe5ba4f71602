/** @jsxImportSource hono/jsx */
import type { RecapDocument } from "../../../shared/protocol/recap.ts";
import { ActivityList } from "./page/activity.tsx";
import { Counts } from "./page/counts.tsx";
import { Head } from "./page/head.tsx";
import { Questions } from "./page/questions.tsx";
import { SlideList } from "./page/slide.tsx";
import { Summary } from "./page/summary.tsx";
import { words as said } from "./words/en.ts";

const words = said.page;

/** What is not the document's. */
export interface PageOptions {
  /** Where it is read, for whoever shows a link to it. Left out, whoever serves the page puts it in. */
  readonly url?: string | undefined;
  /** What readers are told above it. */
  readonly note?: string | undefined;
}

/**
 * The whole page as HTML. Every text is escaped: a model's and a stranger's is never anything but text. It needs no script
 * to be read, and has no style of its own, as the site's policy wants it.
 */
export function renderPage(document: RecapDocument, options: PageOptions = {}): string {
  return `<!doctype html>\n${<Page document={document} {...options} />}\n`;
}

function Page({ document, url, note }: PageOptions & { readonly document: RecapDocument }) {
  const { sections } = document;
  const summary = sections.find((section) => section.type === "summary");
  const questions = sections.find((section) => section.type === "questions");
  const slides = sections.filter((section) => section.type === "slide");
  const activities = sections.filter((section) => section.type === "activity");
  return (
    <html lang={said.language}>
      <Head document={document} url={url} />
      <body>
        <main id="recap">
          {note !== undefined && <p class="note">{note}</p>}
          <Top document={document} />
          {summary && <Summary summary={summary} slides={slides} />}
          {slides.length > 0 && <SlideList slides={slides} more={document.moreSlides ?? 0} />}
          {activities.length > 0 && <ActivityList activities={activities} slides={slides} />}
          {questions && <Questions section={questions} />}
          <footer>{words.footer}</footer>
        </main>
      </body>
    </html>
  );
}

/** What the talk was, and its numbers. */
function Top({ document }: { readonly document: RecapDocument }) {
  const { title, date, startedAt, endedAt, people, peak, total, reactions, sections } = document;
  const seconds = (endedAt - startedAt) / 1000;
  const asked = sections.find((section) => section.type === "questions");
  const activities = sections.filter(({ type }) => type === "activity").length;
  const figures: readonly (readonly [number, (number: number) => string])[] = [
    [people, words.people],
    [peak, words.peak],
    [total, words.reactions],
    [activities, words.answers],
    [asked?.total ?? 0, words.questions],
  ];
  return (
    <header>
      <p class="kind">{words.kind}</p>
      <h1 dir="auto">{title}</h1>
      <p class="when">
        <bdi>{said.date(date)}</bdi>
        {seconds >= 60 && ` · ${said.duration(seconds)}`}
      </p>
      <dl class="figures">
        {figures
          .filter(([number]) => number > 0)
          .map(([number, name]) => (
            <div>
              <dt>{name(number)}</dt>
              <dd>{said.count(number)}</dd>
            </div>
          ))}
      </dl>
      <Counts counts={reactions} label={words.counts} />
    </header>
  );
}
