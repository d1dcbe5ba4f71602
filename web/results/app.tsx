import { useEffect, useRef } from "hono/jsx/dom";
import type { ExportFormat } from "../../shared/protocol/export.ts";
import { CopyField } from "../ui/copy-field.tsx";
import { nameDuration, nameMoment, nameTime } from "../ui/duration.ts";
import { readField } from "../ui/field.ts";
import { isShown, nameSlide } from "../ui/page-name.ts";
import { SessionForm } from "../ui/session-form.tsx";
import type { Timeline } from "../ui/timeline.ts";
import { useStore } from "../ui/use-store.ts";
import { common, results as words } from "../words/en.ts";
import { getSpan, listMoments } from "./picture.ts";
import { PictureView } from "./picture-view.tsx";
import { Questions } from "./questions.tsx";
import type { Room } from "./room.ts";
import { SlideList, SlideTable } from "./slide-list.tsx";
import { listReactions, listSlides } from "./slides.ts";
import { view as store, type View } from "./view.ts";

/** What stayed of a session: for its host, and for everyone where the host wants that. */
export function App({ room }: { room: Room | undefined }) {
  const view = useStore(store);
  const { timeline } = view;
  return view.screen === "results" && room && timeline ? (
    <Board view={view} room={room} timeline={timeline} />
  ) : (
    <Notice view={view} room={room} />
  );
}

function Notice({ view: { screen, problem }, room }: { view: View; room: Room | undefined }) {
  if (screen === "connecting" || screen === "results") {
    return (
      <main class="notice" aria-busy="true">
        <h1>{words.heading}</h1>
        <p>{words.connecting}</p>
      </main>
    );
  }
  const { title, text } = words[screen];
  const asks = screen === "ask" || screen === "notPublic";
  return (
    <main class="notice">
      <h1>{title}</h1>
      <p>{text}</p>
      {asks && room && <TokenForm room={room} problem={problem} isFirst={screen === "ask"} />}
      {(screen === "noSession" || screen === "notFound") && (
        <SessionForm action={words.openSession} isForHosts problem={problem} />
      )}
      {screen === "failed" && room && (
        <button type="button" class="primary" onClick={() => room.enterAgain()}>
          {words.tryAgain}
        </button>
      )}
    </main>
  );
}

function TokenForm({
  room,
  problem,
  isFirst,
}: {
  room: Room;
  problem: string | undefined;
  isFirst: boolean;
}) {
  const submit = (event: Event) => {
    event.preventDefault();
    void room.enterWith(readField(event, "token"));
  };
  const form = (
    <form onSubmit={submit}>
      <label>
        {words.token}
        <input name="token" type="password" dir="ltr" required autocomplete="off" spellcheck={false} />
      </label>
      <p class="problem" role="alert">
        {problem}
      </p>
      <button type="submit" class="primary">
        {words.open}
      </button>
    </form>
  );
  if (isFirst) return form;
  return (
    <details>
      <summary>{words.isHost}</summary>
      {form}
    </details>
  );
}

function Board({ view, room, timeline }: { view: View; room: Room; timeline: Timeline }) {
  const { totals, name, date, offered } = view;
  const reactions = listReactions(offered, totals.pages);
  const slides = listSlides(timeline, totals.pages, reactions);
  const shown = slides.filter(({ page }) => isShown(page)).length;
  return (
    <main class="results">
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
      {view.isJustEnded && <Ended view={view} room={room} />}
      <Figures view={view} timeline={timeline} />
      <section class="course" aria-labelledby="course">
        <h2 id="course">{words.course}</h2>
        {totals.total === 0 && <p class="soft">{words.nothing}</p>}
        <PictureView
          timeline={timeline}
          summary={words.courseSummary(totals.total, totals.participants, shown)}
        />
      </section>
      {timeline.moments.length > 0 && <Moments timeline={timeline} />}
      {slides.length > 0 && (
        <section class="by-slide" aria-labelledby="slides">
          <h2 id="slides">{words.slides}</h2>
          <SlideList slides={slides} reactions={reactions} />
          <SlideTable slides={slides} reactions={reactions} />
        </section>
      )}
      <Take view={view} room={room} />
      {(view.role === "host" || view.role === "moderator") && <HostControls view={view} room={room} />}
      <Questions view={view} room={room} />
    </main>
  );
}

/** What the host has just done, where it can't be missed: it takes the focus and comes into sight. */
function Ended({ view: { isPublic }, room }: { view: View; room: Room }) {
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
      {isPublic && <CopyField key={room.link} label={words.link} text={room.link} />}
    </section>
  );
}

function Figures({ view: { totals }, timeline }: { view: View; timeline: Timeline }) {
  const { length } = getSpan(timeline);
  const most = Math.max(0, ...timeline.people.map(({ people }) => people));
  const each = totals.participants > 0 ? totals.total / totals.participants : 0;
  const figures: [name: string, value: string][] = [
    [words.reactions, totals.total.toLocaleString("en")],
    [words.people, totals.participants.toLocaleString("en")],
    [words.most, most.toLocaleString("en")],
    [words.each, each.toLocaleString("en", { maximumFractionDigits: 1 })],
    [words.length, nameDuration(length)],
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
              {nameTime(at, until - from)} · {common.reactions(count)} ·{" "}
              {words.factor(factor.toLocaleString("en", { maximumFractionDigits: 1 }))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Take({ view, room }: { view: View; room: Room }) {
  const { download, downloaded, totals } = view;
  const label = (format: ExportFormat) => {
    if (download?.format !== format) return words[format];
    return download.isBroken ? words.resuming : words.saving(download.rows, totals.total);
  };
  return (
    <section class="take" aria-labelledby="take">
      <h2 id="take">{words.take}</h2>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => print()}>
          {words.print}
        </button>
        {(["csv", "ndjson"] as const).map((format) => (
          <button
            key={format}
            type="button"
            disabled={download !== undefined}
            onClick={() => room.download(format)}
          >
            {label(format)}
          </button>
        ))}
      </div>
      <p class={downloaded?.isSaved === false ? "told problem" : "told"} role="status">
        {downloaded?.text}
      </p>
    </section>
  );
}

function HostControls({ view, room }: { view: View; room: Room }) {
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
        onClick={() => room.setPublic(!isPublic)}
      >
        <span>{words.everyone}</span>
        <span class="knob" aria-hidden="true" />
      </button>
      <p class="told" role="status">
        {notice}
      </p>
      {isPublic && !isJustEnded && <CopyField key={room.link} label={words.link} text={room.link} />}
      {role === "host" && (
        <div class="buttons">
          {timeline?.endedAt === null && (
            <button type="button" onClick={() => store.set({ question: "end", problem: undefined })}>
              {words.end}
            </button>
          )}
          <button
            type="button"
            class="danger"
            onClick={() => store.set({ question: "delete", problem: undefined })}
          >
            {words.remove}
          </button>
        </div>
      )}
      {question === undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
