import type { FC } from "hono/jsx";
import { useEffect, useRef } from "hono/jsx/dom";
import { LanguageMenu } from "../ui/language/language-menu.tsx";
import { Notice } from "../ui/notice.tsx";
import { nameSlide } from "../ui/page-name.ts";
import type { Store } from "../ui/store.ts";
import { useStore } from "../ui/use-store.ts";
import { common, audience as words } from "../words/en.ts";
import { JoinForm } from "./join-form.tsx";
import type { Seat } from "./seat.ts";
import { canFrame } from "./slides.ts";
import { TabBar } from "./tab-bar.tsx";
import type { Screen, View } from "./view.ts";

interface Props {
  readonly store: Store<View>;
  /** `undefined`: the address names no session. */
  readonly seat: Seat | undefined;
  /** The button for what few people use. */
  readonly More: FC;
}

/** The phone page. */
export function App({ store, seat, More }: Props) {
  const view = useStore(store);
  return (
    <>
      {view.screen === "session" && seat ? (
        <InSession view={view} seat={seat} change={store.set} More={More} />
      ) : (
        <Before view={view} />
      )}
      <p class="visually-hidden" role="status">
        <bdi>{view.announcement}</bdi>
      </p>
    </>
  );
}

/** Where a code is asked for. */
const ASKING: readonly Screen[] = ["noSession", "notFound", "wrongCode", "tooManyCodes"];

/** Everything that is not the room itself: finding it, not finding it, and its end. */
function Before({ view: { screen, name, Start } }: { view: View }) {
  if (screen === "connecting" || screen === "session") return <Notice text={words.connecting} isBusy />;
  const asks = ASKING.includes(screen);
  const fails = screen === "failed" || screen === "sentOut";
  return (
    <Notice {...words[screen]}>
      {(screen === "ended" || screen === "waiting") && name !== "" && (
        <p class="talk">
          <bdi>{name}</bdi>
        </p>
      )}
      {screen === "waiting" && Start && <Start />}
      {screen === "ended" && (
        <>
          <p>
            <a href={`/results${location.search}`}>{words.results}</a>
          </p>
          <p>
            <a href={`/recap${location.search}`}>{words.recap}</a>
          </p>
        </>
      )}
      {asks && <JoinForm />}
      {fails && (
        <button type="button" class="primary" onClick={() => location.reload()}>
          {screen === "sentOut" ? words.joinAgain : common.tryAgain}
        </button>
      )}
    </Notice>
  );
}

interface InSessionProps {
  readonly view: View;
  readonly seat: Seat;
  readonly change: (change: Partial<View>) => void;
  readonly More: FC;
}

function InSession({ view, seat, change, More }: InSessionProps) {
  const { tab, isTabOpen, isMissed, heading } = view;
  const setOpen = (areSlidesOpen: boolean) => change({ areSlidesOpen });
  const openTab = (isOpen: boolean) => seat.openTab(isOpen);
  return (
    <main class={view.areSlidesOpen ? "session open" : "session"}>
      <header class="top">
        <span class={`dot ${view.connection}`} role="img" aria-label={common.connection[view.connection]} />
        <span class="name" dir="auto">
          {view.name}
        </span>
        <span class="people">{common.people(view.people)}</span>
        <More />
      </header>
      {tab && <TabBar tab={tab} isOpen={isTabOpen} isMissed={isMissed} open={openTab} />}
      <div
        class="upper"
        id="live"
        hidden={isTabOpen}
        {...(tab && { role: "tabpanel", "aria-labelledby": "tab-live" })}
      >
        {seat.parts.map(({ Top }) => Top && <Top />)}
        {view.areSlidesOpen && view.slidesUrl !== undefined ? (
          <Slides url={view.slidesUrl} setOpen={setOpen} />
        ) : (
          <Slide view={view} setOpen={setOpen} />
        )}
      </div>
      {tab && isTabOpen && (
        <div class="beside" id="beside" role="tabpanel" aria-labelledby="tab-beside">
          <tab.Panel />
        </div>
      )}
      <div class="lower">
        {!isTabOpen && seat.parts.map(({ Bottom }) => Bottom && <Bottom />)}
        {isMissed && (
          <button type="button" class="primary missed" onClick={() => openTab(false)}>
            <bdi>{heading}</bdi>
          </button>
        )}
        <Status view={view} />
      </div>
      {/* Seen in the line on top, and the last one that a keyboard comes to: what everybody came for is the first. */}
      <LanguageMenu />
    </main>
  );
}

interface SlideProps {
  readonly view: View;
  /** Opens and closes the slides. */
  readonly setOpen: (isOpen: boolean) => void;
}

function Slide({ view, setOpen }: SlideProps) {
  const { isWaiting, name, Start, isPaused, title, subtitle, page, slidesUrl, heading } = view;
  if (isWaiting) {
    return (
      <section class="slide">
        <h1>{words.waiting.title}</h1>
        <p class="talk" dir="auto">
          {name}
        </p>
        {Start ? (
          <Start>
            <p>{words.waiting.text}</p>
          </Start>
        ) : (
          <p>{words.waiting.text}</p>
        )}
        {slidesUrl !== undefined && <SeeSlides url={slidesUrl} setOpen={setOpen} />}
      </section>
    );
  }
  return (
    <section class={isPaused ? "slide paused" : "slide"}>
      <h1 dir="auto" class={title !== undefined && title === heading ? "visually-hidden" : undefined}>
        {title ?? nameSlide(page)}
      </h1>
      {subtitle !== undefined && <p dir="auto">{subtitle}</p>}
      {isPaused && <p class="number">{words.paused}</p>}
      {slidesUrl !== undefined && <SeeSlides url={slidesUrl} setOpen={setOpen} />}
    </section>
  );
}

interface SlidesProps extends Pick<SlideProps, "setOpen"> {
  readonly url: string;
}

/** A link to the deck, which opens it right here, above the buttons, wherever the browser lets it. */
function SeeSlides({ url, setOpen }: SlidesProps) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || !canFrame(url, location.href)) return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <a class="see-slides" href={url} target="_blank" rel="noopener" onClick={open}>
      {words.slides.see}
    </a>
  );
}

/**
 * The following deck itself. It may be anybody's page: it can't take this one elsewhere. A deck whose server
 * lets nobody frame it stays blank here, and has its own tab.
 */
function Slides({ url, setOpen }: SlidesProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const close = () => {
    setOpen(false);
    // Back to the link that opened them.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".see-slides")?.focus());
  };
  return (
    <section class="deck" aria-labelledby="slides">
      <div class="deck-bar">
        <h1 id="slides" ref={heading} tabindex={-1}>
          {words.slides.title}
        </h1>
        <a href={url} target="_blank" rel="noopener">
          {words.slides.tab}
        </a>
        <button type="button" class="small" onClick={close}>
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

/** One line that is always there, so that nothing moves when it has something to say. */
function Status({ view: { trouble, connection, kept, closed = "" } }: { view: View }) {
  const isAway = connection === "connecting" || connection === "closed";
  // Without a network nothing matters more than that what was tapped is safe.
  const warning = isAway ? (kept ?? trouble ?? words.offline) : trouble;
  return <p class={warning === undefined ? "status" : "status warn"}>{warning ?? closed}</p>;
}
