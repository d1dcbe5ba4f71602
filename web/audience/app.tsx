import { useEffect, useRef } from "hono/jsx/dom";
import { getCount } from "../client/rules.ts";
import { nameSlide } from "../ui/page-name.ts";
import { faceClass, formatCount, nameReaction } from "../ui/reactions.ts";
import { SessionForm } from "../ui/session-form.tsx";
import { useStore } from "../ui/use-store.ts";
import { common, audience as words } from "../words/en.ts";
import { canFrame } from "./slides.ts";
import { view as store, type View } from "./view.ts";

/** Longer than any emoji: a reaction in words is set smaller. */
const FACE_LENGTH = 4;

/** The phone page. */
export function App({ onReact }: { onReact: (reaction: string) => void }) {
  const view = useStore(store);
  return (
    <>
      {view.screen === "session" ? <Room view={view} onReact={onReact} /> : <Notice view={view} />}
      <p class="visually-hidden" role="status">
        <bdi>{view.announcement}</bdi>
      </p>
    </>
  );
}

/** Everything that is not the room itself: finding it, not finding it, and its end. */
function Notice({ view: { screen, name } }: { view: View }) {
  if (screen === "connecting" || screen === "session") {
    return (
      <main class="notice" aria-busy="true">
        <p>{words.connecting}</p>
      </main>
    );
  }
  const { title, text } = words[screen];
  const asks = screen === "noSession" || screen === "notFound";
  const fails = screen === "failed" || screen === "sentOut";
  return (
    <main class="notice">
      <h1>{title}</h1>
      <p>{text}</p>
      {screen === "ended" && name !== "" && (
        <p>
          <bdi>{name}</bdi>
        </p>
      )}
      {screen === "ended" && (
        <p>
          <a href={`/results${location.search}`}>{words.results}</a>
        </p>
      )}
      {asks && <SessionForm action={words.join} />}
      {fails && (
        <button type="button" class="primary" onClick={() => location.reload()}>
          {screen === "sentOut" ? words.joinAgain : words.tryAgain}
        </button>
      )}
    </main>
  );
}

function Room({ view, onReact }: { view: View; onReact: (reaction: string) => void }) {
  return (
    <main class={view.areSlidesOpen ? "session open" : "session"}>
      <header class="top">
        <span class={`dot ${view.connection}`} role="img" aria-label={common.connection[view.connection]} />
        <span class="name" dir="auto">
          {view.name}
        </span>
        <span class="people">{common.people(view.people)}</span>
      </header>
      {view.areSlidesOpen && view.slidesUrl !== undefined ? (
        <Slides url={view.slidesUrl} />
      ) : (
        <Slide view={view} />
      )}
      <fieldset class="reactions" aria-label={words.react}>
        {view.reactions.map((reaction) => (
          <Reaction
            key={reaction}
            reaction={reaction}
            count={getCount(view.counts, reaction)}
            taps={view.taps[reaction] ?? 0}
            isQuiet={view.isQuiet}
            onReact={onReact}
          />
        ))}
      </fieldset>
      <Status view={view} />
    </main>
  );
}

function Slide({ view: { isWaiting, isPaused, title, subtitle, page, slidesUrl } }: { view: View }) {
  if (isWaiting) {
    return (
      <section class="slide">
        <h1>{words.waiting.title}</h1>
        <p>{words.waiting.text}</p>
        {slidesUrl !== undefined && <SeeSlides url={slidesUrl} />}
      </section>
    );
  }
  return (
    <section class={isPaused ? "slide paused" : "slide"}>
      <h1 dir="auto">{title ?? nameSlide(page)}</h1>
      {subtitle !== undefined && <p dir="auto">{subtitle}</p>}
      {isPaused && <p class="number">{words.paused}</p>}
      {slidesUrl !== undefined && <SeeSlides url={slidesUrl} />}
    </section>
  );
}

/** A link to the deck, which opens it right here, above the buttons, wherever the browser lets it. */
function SeeSlides({ url }: { url: string }) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || !canFrame(url, location.href)) return;
    event.preventDefault();
    store.set({ areSlidesOpen: true });
  };
  return (
    <a class="see-slides" href={url} target="_blank" rel="noopener" onClick={open}>
      {words.slides.see}
    </a>
  );
}

/** Back to the link that opened them. */
function closeSlides(): void {
  store.set({ areSlidesOpen: false });
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".see-slides")?.focus());
}

/**
 * The following deck itself. It may be anybody's page: it can't take this one elsewhere. A deck whose server
 * lets nobody frame it stays blank here, and has its own tab.
 */
function Slides({ url }: { url: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="deck" aria-labelledby="slides">
      <div class="deck-bar">
        <h1 id="slides" ref={heading} tabindex={-1}>
          {words.slides.title}
        </h1>
        <a href={url} target="_blank" rel="noopener">
          {words.slides.tab}
        </a>
        <button type="button" class="small" onClick={closeSlides}>
          {words.slides.close}
        </button>
      </div>
      <iframe
        src={url}
        title={words.slides.title}
        sandbox="allow-scripts allow-same-origin allow-popups"
        referrerpolicy="no-referrer"
      />
    </section>
  );
}

interface ReactionProps {
  readonly reaction: string;
  readonly count: number;
  readonly taps: number;
  readonly isQuiet: boolean;
  readonly onReact: (reaction: string) => void;
}

function Reaction({ reaction, count, taps, isQuiet, onReact }: ReactionProps) {
  const isLong = [...reaction].length > FACE_LENGTH;
  // A new key makes a new element, and that begins the animation again.
  return (
    <button
      type="button"
      class={taps > 0 ? "reaction mine" : "reaction"}
      aria-label={words.button(nameReaction(reaction), count)}
      disabled={isQuiet}
      onClick={() => onReact(reaction)}
      // A key held down is one tap.
      onKeydown={(event: KeyboardEvent) => event.repeat && event.preventDefault()}
    >
      <bdi
        key={taps}
        class={`face ${faceClass(reaction)} ${isLong ? "long" : ""} ${taps > 0 ? "tapped" : ""}`}
      >
        {reaction}
      </bdi>
      <span class="count">{formatCount(count)}</span>
    </button>
  );
}

/** One line that is always there, so that nothing moves when it has something to say. */
function Status({ view: { trouble, connection, pending, isQuiet, isBlocked } }: { view: View }) {
  const isAway = connection === "connecting" || connection === "closed";
  const away = pending > 0 ? words.keptForLater(pending) : words.offline;
  const rest = isQuiet ? words.quiet : isBlocked ? words.blocked : "";
  const text = trouble ?? (isAway ? away : rest);
  const isWarning = text !== "" && text !== rest;
  return <p class={isWarning ? "status warn" : "status"}>{text}</p>;
}
