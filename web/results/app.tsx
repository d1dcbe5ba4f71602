import { useEffect, useRef } from "hono/jsx/dom";
import { resultsSlots } from "../interactions/results.ts";
import type { Figure, Results } from "../interactions/slots.ts";
import { CopyField } from "../ui/copy-field.tsx";
import { nameDuration, nameMoment, nameTime } from "../ui/duration.ts";
import { LanguageMenu } from "../ui/language/language-menu.tsx";
import { Notice } from "../ui/notice.tsx";
import { isShown, nameSlide } from "../ui/page-name.ts";
import { Problem } from "../ui/problem.tsx";
import { RecapOffer } from "../ui/recap-offer.tsx";
import { SessionForm } from "../ui/session-form.tsx";
import type { Store } from "../ui/store.ts";
import type { Timeline } from "../ui/timeline.ts";
import { TokenForm } from "../ui/token-form.tsx";
import { useStore } from "../ui/use-store.ts";
import { locale } from "../words/en/language.ts";
import { common, ending, results as words } from "../words/en.ts";
import { getSpan, listMoments } from "./picture.ts";
import { PictureView } from "./picture-view.tsx";
import { Questions } from "./questions.tsx";
import type { SessionResults } from "./session-results.ts";
import type { Exported, FileFormat, View } from "./view.ts";

interface Props {
  readonly store: Store<View>;
  /** `undefined`: the address names no session. */
  readonly session: SessionResults | undefined;
}

/** What stayed of a session: for its host, and for everyone where the host wants that. */
export function App({ store, session }: Props) {
  const view = useStore(store);
  const { timeline } = view;
  return view.screen === "results" && session && timeline ? (
    <Board view={view} session={session} timeline={timeline} />
  ) : (
    <Before view={view} session={session} />
  );
}

/** Everything that is not the results themselves: coming in, not coming in, and what is left of them. */
function Before({ view: { screen, problem }, session }: Pick<Props, "session"> & { view: View }) {
  if (screen === "connecting" || screen === "results") {
    return <Notice title={words.heading} text={words.connecting} isBusy />;
  }
  const form = session && (
    <TokenForm action={words.open} problem={problem} onToken={(pasted) => session.enterWith(pasted)} />
  );
  return (
    <Notice {...words[screen]}>
      {screen === "ask" && form}
      {screen === "notPublic" && (
        <details>
          <summary>{words.isHost}</summary>
          {form}
        </details>
      )}
      {(screen === "noSession" || screen === "notFound") && (
        <SessionForm action={words.openSession} isForHosts problem={problem} />
      )}
      {screen === "failed" && session && (
        <button type="button" class="primary" onClick={() => session.enterAgain()}>
          {common.tryAgain}
        </button>
      )}
    </Notice>
  );
}

function Board({ view, session, timeline }: { view: View; session: SessionResults; timeline: Timeline }) {
  const { totals, name, date, offered, activities, questions } = view;
  const results: Results = {
    ...{ offered, timeline, totals, activities, questions },
    isHost: view.role !== undefined,
    read: (what) => session.read(what),
  };
  return (
    <main class="results">
      <div class="sheet">
        <header class="top">
          <p class="kind">{words.heading}</p>
          <h1 dir="auto">{name}</h1>
          <p class="when">
            <bdi>{date}</bdi>
            {" · "}
            {timeline.endedAt === null ? (
              <span class="running">{words.live}</span>
            ) : (
              words.over(nameMoment(timeline.endedAt))
            )}
          </p>
        </header>
        {view.isJustEnded && <Ended view={view} session={session} />}
        {view.role && timeline.endedAt !== null && <Recap view={view} session={session} />}
        <Figures results={results} />
        <section class="course" aria-labelledby="course">
          <h2 id="course">{words.course}</h2>
          {totals.total === 0 && <p class="soft">{words.nothing}</p>}
          <PictureView
            timeline={timeline}
            summary={words.courseSummary(totals.total, totals.participants, countSlides(results))}
          />
        </section>
        {timeline.moments.length > 0 && <Moments timeline={timeline} />}
        {resultsSlots.map(({ Sections }) => (
          <Sections results={results} />
        ))}
      </div>
      {resultsSlots.map(({ Sheets }) => Sheets && <Sheets results={results} />)}
      <Take view={view} session={session} />
      {(view.role === "host" || view.role === "moderator") && <HostControls view={view} session={session} />}
      <LanguageMenu />
      <Questions view={view} session={session} />
    </main>
  );
}

/** Those that were shown, and those that people took part in all the same. */
const countSlides = ({ timeline, totals }: Results): number =>
  [...new Set([...timeline.pages.map(({ page }) => page), ...Object.keys(totals.pages)])].filter(isShown)
    .length;

/** What the host has just done, where it can't be missed: it takes the focus and comes into sight. */
function Ended({ view: { isPublic }, session }: { view: View; session: SessionResults }) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.focus();
    section.current?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <section ref={section} class="ended" aria-labelledby="ended" tabindex={-1}>
      <h2 id="ended">{words.ended.title}</h2>
      <p>
        {words.ended.text} {isPublic ? words.isPublic : words.isPrivate}
      </p>
      {isPublic && <CopyField key={session.link} label={words.link} text={session.link} />}
    </section>
  );
}

/** The page for the audience to keep: for hosts, once the talk is over. */
function Recap({ view: { role }, session }: { view: View; session: SessionResults }) {
  const { recapPass } = session;
  return (
    recapPass && (
      <section class="recap" aria-labelledby="recap">
        <h2 id="recap">{words.recap}</h2>
        <RecapOffer pass={recapPass} isHost={role === "host"} />
      </section>
    )
  );
}

function Figures({ results }: { results: Results }) {
  const { timeline, totals } = results;
  const most = Math.max(0, ...timeline.people.map(({ people }) => people));
  const figures: readonly Figure[] = [
    ...resultsSlots.flatMap(({ listFigures }) => listFigures(results)),
    [words.people, totals.participants.toLocaleString(locale)],
    [words.most, most.toLocaleString(locale)],
    [words.length, nameDuration(getSpan(timeline).length)],
  ];
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Moments({ timeline }: { timeline: Timeline }) {
  const { from, until } = getSpan(timeline);
  return (
    <section class="moments" aria-labelledby="moments">
      <h2 id="moments">{words.moments}</h2>
      <ol>
        {listMoments(timeline).map(({ at, page, title, count, factor }, index) => (
          <li key={`${at} ${page}`}>
            <span class="mark" aria-hidden="true">
              {index + 1}
            </span>
            <span class="name" dir="auto">
              {title ?? nameSlide(page)}
            </span>
            <span class="soft">
              {nameTime(at, until - from)} · {words.count(count)} ·{" "}
              {words.factor(factor.toLocaleString(locale, { maximumFractionDigits: 1 }))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A workbook is packed by the browser, which one of before 2023 can't. */
const canPack = typeof CompressionStream !== "undefined";
const FORMATS: readonly FileFormat[] = [...(canPack ? ["xlsx" as const] : []), "csv", "ndjson"];

function Take({ view, session }: { view: View; session: SessionResults }) {
  const { download, downloaded, totals, activities, questions } = view;
  const exports: readonly Exported[] = [
    "reactions",
    ...(activities.some(({ status }) => status !== "draft") ? ["answers" as const] : []),
    ...(questions.length > 0 ? ["questions" as const] : []),
  ];
  const label = (what: Exported, format: FileFormat) => {
    if (download?.what !== what || download.format !== format) return words.exports[what][format];
    if (download.isBroken) return words.resuming;
    return what === "reactions"
      ? words.saving(download.rows, totals.total)
      : words.savingOf[what](download.rows);
  };
  return (
    <section class="take" aria-labelledby="take">
      <h2 id="take">{words.take}</h2>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => print()}>
          {words.print}
        </button>
        {exports.flatMap((what) =>
          FORMATS.map((format) => (
            <button
              key={`${what} ${format}`}
              type="button"
              disabled={download !== undefined}
              onClick={() => session.download(what, format)}
            >
              {label(what, format)}
            </button>
          )),
        )}
      </div>
      <p class={downloaded?.isSaved === false ? "told problem" : "told"} role="status">
        {downloaded?.text}
      </p>
    </section>
  );
}

function HostControls({ view, session }: { view: View; session: SessionResults }) {
  const { role, notice, isPublic, isBusy, isJustEnded, timeline, question, problem } = view;
  return (
    <section class="host" aria-labelledby="host">
      <h2 id="host">{role === "host" ? words.host : words.moderator}</h2>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={isPublic ? "true" : "false"}
        disabled={isBusy}
        onClick={() => session.setPublic(!isPublic)}
      >
        <span>{words.everyone}</span>
        <span class="knob" aria-hidden="true" />
      </button>
      <p class="told" role="status">
        {notice}
      </p>
      {isPublic && !isJustEnded && <CopyField key={session.link} label={words.link} text={session.link} />}
      {role === "host" && (
        <div class="buttons">
          {timeline?.endedAt === null && (
            <button type="button" onClick={() => session.ask("end")}>
              {ending.offer}
            </button>
          )}
          <button type="button" class="danger" onClick={() => session.ask("delete")}>
            {words.remove}
          </button>
        </div>
      )}
      {question === undefined && <Problem>{problem}</Problem>}
    </section>
  );
}
