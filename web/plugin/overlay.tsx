import { useLayoutEffect, useRef } from "hono/jsx/dom";
import { deckSlots } from "../interactions/deck.ts";
import type { DeckSlot } from "../interactions/slots.ts";
import { JoinAddress } from "../ui/join-address.tsx";
import { Qr } from "../ui/qr.tsx";
import type { Store } from "../ui/store.ts";
import { useStore } from "../ui/use-store.ts";
import { common, plugin as words } from "../words/en.ts";
import { type Actions, HostDialog } from "./dialog.tsx";
import type { Settings } from "./options.ts";
import type { View } from "./view.ts";
import { Welcome } from "./welcome.tsx";

interface Props {
  readonly store: Store<View>;
  readonly settings: Settings;
  readonly actions: Actions;
  /** Where reactions rise; the overlay never touches what is in it. */
  readonly floats: HTMLElement;
}

/** All that the plugin lays over a deck. For most people that is nothing. */
export function Overlay({ store, settings, actions, floats }: Props) {
  const view = useStore(store);
  const isCard = view.role === "lead" && view.isShown && view.place !== "none";
  return (
    <div class={`over ${view.isPaused ? "paused" : ""}`}>
      {isCard && <Card view={view} settings={settings} floats={floats} />}
      {!(isCard && view.isWelcome) && <Mark view={view} settings={settings} isAlone />}
      <Remarks view={view} settings={settings} actions={actions} />
      {view.isWelcoming && <Welcome view={view} actions={actions} />}
      {view.isDialogOpen && <HostDialog view={view} settings={settings} actions={actions} />}
    </div>
  );
}

/** What the room sees while the deck leads: how to join, who is there, and what they say. */
function Card({ view, settings, floats }: Pick<Props, "settings" | "floats"> & { view: View }) {
  const { joinUrl, people, place, isOpposite, isWelcome, hold, resultsUrl } = view;
  const isOver = resultsUrl !== undefined;
  return (
    <aside
      class={`card ${place} ${isOpposite ? "opposite" : ""}`}
      part="overlay"
      aria-label={words.overlay}
      hidden={!isWelcome || (joinUrl === undefined && view.reach === "there")}
    >
      {joinUrl !== undefined && !isOver && (
        <div class="join" part="join">
          <Qr url={joinUrl} />
          <div class="invite">
            <p>
              <strong>{words.join}</strong>
              <span class="people">
                {common.people(people)}
                <Dot view={view} />
              </span>
              {hold && <span class="held">{words.holding}</span>}
            </p>
            <Url url={joinUrl} />
          </div>
        </div>
      )}
      <div class="news">
        <Mark view={view} settings={settings} />
        {joinUrl !== undefined && deckSlots.map(({ Card }) => <Card view={view} />)}
      </div>
      <Air floats={floats} />
    </aside>
  );
}

/** What is wrong, in words, for the speaker; the room need not mind. */
function Mark({ view, settings, isAlone }: { view: View; settings: Settings; isAlone?: boolean }) {
  const text = view.role === "lead" && view.resultsUrl === undefined ? getMark(view, settings) : undefined;
  return (
    <p class={isAlone ? "mark alone" : "mark"} part="mark" role="status">
      {text}
    </p>
  );
}

/** The most serious first. */
export function getMark(view: View, { apiUrl }: Settings): string | undefined {
  const { reach, door } = view;
  if (reach === "silent") return words.noAnswer(new URL(apiUrl).host);
  if (reach === "lost") return words.notConnected;
  if (door?.isClosed) return words.doorClosed;
  if (door && door.waiting > 0) return words.waiting(door.waiting);
  return deckSlots.map(({ getMark }) => getMark(view)).find((mark) => mark !== undefined) ?? view.hint;
}

/** Keeps the place of the rising reactions through every rendering. */
function Air({ floats }: { floats: HTMLElement }) {
  const air = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => air.current?.append(floats), []);
  return <div class="floats" part="floats" aria-hidden="true" ref={air} />;
}

/** How many characters of a link fit into a bar at its usual size, in em. A longer one gets smaller, a short one larger. */
const LINK_LENGTH = 100;
const LINK_EM = 0.75;
const LARGEST = 1.2;

/** A link people can also type. */
function Url({ url }: { url: string }) {
  const size = LINK_EM * Math.min(LARGEST, Math.sqrt(LINK_LENGTH / url.length));
  return (
    <a class="url" part="url" href={url} target="_blank" rel="noopener" style={{ "--link": `${size}em` }}>
      <JoinAddress url={url} />
    </a>
  );
}

/** Says how the connection is to whoever knows where to look. */
const Dot = ({ view }: { view: View }) => (
  <span class={`dot ${view.connection}`} title={common.connection[view.connection]} />
);

/** What this deck is at the moment, where that is not what its owner expects, and the way out. */
function Remarks({ view, settings, actions }: Omit<Props, "store" | "floats"> & { view: View }) {
  const { role, isDriving, isAway, hold, resultsUrl, problem, remark } = view;
  const results = (event: Event) => {
    event.preventDefault();
    actions.openPage("/results");
  };
  return (
    <div class="return" role="status">
      {resultsUrl !== undefined ? (
        <p part="notice">
          {words.over}
          <a href={resultsUrl} target="_blank" rel="noopener" onClick={results}>
            {words.results}
          </a>
        </p>
      ) : (
        role === "lead" &&
        !isDriving && (
          <p part="notice">
            {problem ?? words.othersDrive}
            <button type="button" class="primary" onClick={actions.takeOver}>
              {words.takeOver} <kbd>{settings.keys.together}</kbd>
            </button>
          </p>
        )
      )}
      {role !== "none" && remark !== undefined && <p part="notice">{remark}</p>}
      {role === "follow" && problem !== undefined && resultsUrl === undefined && !view.isDialogOpen && (
        <p part="notice">
          {problem}
          <button type="button" class="close" aria-label={words.dialog.close} onClick={actions.closeDialog}>
            ×
          </button>
        </p>
      )}
      {role === "follow" && hold && <span class="visually-hidden">{words.held}</span>}
      {role === "follow" && isAway && (
        <button type="button" class="primary" part="return" onClick={actions.together}>
          {words.away}
        </button>
      )}
    </div>
  );
}

/** `<div data-revint-qr>`: the join code, as large as its place. */
export function QrSlot({ joinUrl, isBare, fallback }: QrSlotProps) {
  // Until there is something to scan, what the deck's author wrote into it.
  if (joinUrl === undefined) return <slot>{fallback}</slot>;
  return (
    <>
      <Qr url={joinUrl} />
      {!isBare && <Url url={joinUrl} />}
    </>
  );
}

interface QrSlotProps {
  readonly joinUrl: string | undefined;
  readonly isBare: boolean;
  /** Where they wrote nothing: for a window that will never know more. */
  readonly fallback?: string;
}

/** The same, as soon as the session is there. */
export const LiveQrSlot = ({ store, isBare }: { store: Store<View>; isBare: boolean }) => (
  <QrSlot joinUrl={useStore(store).joinUrl} isBare={isBare} />
);

interface SlideSlotProps {
  readonly slot: DeckSlot;
  readonly store: Store<View>;
  readonly getPage: () => string;
}

/** What an interaction shows in a slide, such as result bars in `<div data-revint-totals>`. */
export function SlideSlot({ slot: { Slide }, store, getPage }: SlideSlotProps) {
  const view = useStore(store);
  const { role, joinUrl, resultsUrl } = view;
  // Who comes after the end knows no counts: none is better than noughts.
  if (role === "none" || (resultsUrl !== undefined && joinUrl === undefined)) return null;
  return <Slide view={{ ...view, page: getPage() }} />;
}
