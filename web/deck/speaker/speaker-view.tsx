import { useLayoutEffect, useRef } from "hono/jsx/dom";
import { useStore } from "../../ui/use-store.ts";
import { dateLocale } from "../../words/en/language.ts";
import { deck } from "../../words/en.ts";
import { writeCopyPath } from "./address.ts";
import { nameElapsed } from "./elapsed.ts";
import type { SpeakerLink } from "./speaker-link.ts";

const words = deck.speaker;

/** reveal.js's own keys for these. */
const NEXT = 78;
const PREVIOUS = 80;

const clock = new Intl.DateTimeFormat(dateLocale, { hour: "2-digit", minute: "2-digit" });

/** What only the speaker sees: this slide with what the room says to it, the next one, notes, and the time. */
export function SpeakerView({ link }: { link: SpeakerLink }) {
  const { deck, position, isLost, now } = useStore(link.view);
  return (
    <main class="speaker-view">
      <header>
        <h1 class="visually-hidden">{words.title(deck.title)}</h1>
        <p class="time">
          <time role="timer" aria-label={words.elapsed} title={words.elapsed}>
            {position ? nameElapsed(now - position.startedAt) : "0:00"}
          </time>
          <button type="button" class="small" onClick={() => link.restart()}>
            {words.restart}
          </button>
        </p>
        <p>{position && words.slide(position.number, position.count)}</p>
        <p class="buttons">
          <button type="button" onClick={() => link.press(PREVIOUS)}>
            {words.previous}
          </button>
          <button type="button" class="primary" onClick={() => link.press(NEXT)}>
            {words.next}
          </button>
        </p>
        <p class="soft">{clock.format(now)}</p>
      </header>
      <p class="problem" role="alert">
        {isLost && words.lost}
      </p>
      <section class="current" aria-labelledby="current">
        <h2 id="current">{words.current}</h2>
        <Copy deck={deck.id} name="current" />
      </section>
      <section class="upcoming" aria-labelledby="upcoming">
        <h2 id="upcoming">{position?.isLast ? words.last : words.upcoming}</h2>
        <Copy deck={deck.id} name="next" isHidden={position?.isLast === true} />
      </section>
      <Notes link={link} />
    </main>
  );
}

interface CopyProps {
  readonly deck: string;
  readonly name: "current" | "next";
  readonly isHidden?: boolean;
}

/** To look at: keys and pointers are the window's. */
const Copy = ({ deck, name, isHidden = false }: CopyProps) => (
  <iframe
    title={name === "current" ? words.current : words.upcoming}
    data-copy={name}
    src={writeCopyPath(deck, name === "current")}
    tabindex={-1}
    hidden={isHidden}
  />
);

function Notes({ link }: { link: SpeakerLink }) {
  const { deck, position, findNotes } = useStore(link.view);
  const region = useRef<HTMLElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const notes = position && findNotes(position.h, position.v);
  useLayoutEffect(() => {
    text.current?.replaceChildren(...(notes ? [...notes.cloneNode(true).childNodes] : []));
    region.current?.scrollTo(0, 0);
  }, [notes]);
  const isForeign = deck.kind === "markdown" && !deck.isOwn;
  const remark = deck.kind === "pdf" ? words.pdf : isForeign ? words.notOwn : notes ? "" : words.noNotes;
  return (
    // Longer notes are scrolled with keys, too.
    <section ref={region} class="notes" aria-labelledby="notes" tabindex={0}>
      <h2 id="notes">{words.notes}</h2>
      <div ref={text} class="text-of-notes" dir="auto" hidden={!notes} />
      {remark !== "" && <p class="soft">{remark}</p>}
      {isForeign && (
        <p class="buttons">
          <a class="button" href="/host" target="_blank" rel="noopener">
            {words.signIn}
          </a>
          <button type="button" onClick={() => void link.lookAgain()}>
            {words.lookAgain}
          </button>
        </p>
      )}
    </section>
  );
}
