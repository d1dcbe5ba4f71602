import { useLayoutEffect, useRef } from "hono/jsx/dom";
import { Bars } from "../ui/bars.tsx";
import { Qr } from "../ui/qr.tsx";
import { formatCount, listCounts, nameReaction } from "../ui/reactions.ts";
import type { Store } from "../ui/store.ts";
import { useStore } from "../ui/use-store.ts";
import { common, plugin as words } from "../words/en.ts";
import { type Actions, Dialog } from "./dialog.tsx";
import type { Settings } from "./options.ts";
import type { View } from "./view.ts";

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
  return (
    <>
      {view.role === "lead" && view.isShown && <Card view={view} floats={floats} />}
      <Notice view={view} settings={settings} actions={actions} />
      {view.isDialogOpen && <Dialog view={view} settings={settings} actions={actions} />}
    </>
  );
}

/** What the room sees while the deck leads: how to join, who is there, and what they say. */
function Card({ view, floats }: { view: View; floats: HTMLElement }) {
  const { joinUrl, people, place, isWelcome, hold, resultsUrl } = view;
  const isOver = resultsUrl !== undefined;
  return (
    <aside
      class={`card ${place}`}
      part="overlay"
      aria-label={words.overlay}
      hidden={!isWelcome || joinUrl === undefined}
    >
      {joinUrl !== undefined && !isOver && (
        <div class="join" part="join">
          <Qr url={joinUrl} />
          <p class="invite">
            <strong>{words.join}</strong>
            <span class="people">
              {common.people(people)}
              <Dot view={view} />
            </span>
            {hold && <span class="held">{words.holding}</span>}
          </p>
        </div>
      )}
      {joinUrl !== undefined && !isOver && <Url url={joinUrl} />}
      <Counts view={view} />
      <Air floats={floats} />
    </aside>
  );
}

/** Keeps the place of the rising reactions through every rendering. */
function Air({ floats }: { floats: HTMLElement }) {
  const air = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => air.current?.append(floats), []);
  return <div class="floats" part="floats" aria-hidden="true" ref={air} />;
}

/** A link people can also type: without the scheme, which every browser adds. */
const Url = ({ url }: { url: string }) => (
  <a class="url" part="url" href={url} target="_blank" rel="noopener">
    {url.replace(/^https?:\/\//, "")}
  </a>
);

/** Says how the connection is to whoever knows where to look. */
const Dot = ({ view }: { view: View }) => (
  <span class={`dot ${view.connection}`} title={common.connection[view.connection]} />
);

function Counts({ view }: { view: View }) {
  const counts = listCounts(view.reactions, view.totals.pages[view.page]);
  return (
    <ul class="counts" part="counts" aria-label={words.counts}>
      {counts.map(([reaction, count]) => (
        <li key={reaction} class={count > 0 ? "" : "none"} aria-label={`${nameReaction(reaction)}: ${count}`}>
          <span aria-hidden="true">
            <bdi>{reaction}</bdi> <b>{formatCount(count)}</b>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What this deck is at the moment, where that is not what its owner expects, and the way out. */
function Notice({ view, settings, actions }: Omit<Props, "store" | "floats"> & { view: View }) {
  const { role, isDriving, isAway, hold, resultsUrl, problem } = view;
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
            <button type="button" onClick={actions.takeOver}>
              {words.takeOver} <kbd>{settings.keys.together}</kbd>
            </button>
          </p>
        )
      )}
      {role === "follow" && hold && <span class="hidden">{words.held}</span>}
      {role === "follow" && isAway && (
        <button type="button" part="return" onClick={actions.together}>
          {words.away}
        </button>
      )}
    </div>
  );
}

/** `<div data-revint-qr>`: the join code, as large as its place. */
export function QrSlot({ joinUrl, isBare, isCopy }: QrSlotProps) {
  // Until there is something to scan, what the deck's author wrote into it; on paper, a line where that is nothing.
  if (joinUrl === undefined) return <slot>{isCopy && words.noCode}</slot>;
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
  /** In a window that will never know more. */
  readonly isCopy?: boolean;
}

/** The same, as soon as the session is there. */
export const LiveQrSlot = ({ store, isBare }: { store: Store<View>; isBare: boolean }) => (
  <QrSlot joinUrl={useStore(store).joinUrl} isBare={isBare} />
);

/** `<div data-revint-totals>`: the result bars of its slide. */
export function TotalsSlot({ store, getPage }: { store: Store<View>; getPage: () => string }) {
  const { reactions, totals, role, joinUrl, resultsUrl } = useStore(store);
  // Who comes after the end knows no counts: none is better than noughts.
  if (role === "none" || (resultsUrl !== undefined && joinUrl === undefined)) return null;
  return <Bars counts={listCounts(reactions, totals.pages[getPage()])} label={words.counts} />;
}
