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

/** All that the plugin lays over a deck. Only one of the three is there for most people: nothing. */
export function Overlay({ store, settings, actions, floats }: Props) {
  const view = useStore(store);
  return (
    <>
      {view.role === "lead" && view.isShown && <Card view={view} floats={floats} />}
      {view.role === "follow" && <Return view={view} onReturn={actions.together} />}
      {view.isDialogOpen && <Dialog view={view} settings={settings} actions={actions} />}
    </>
  );
}

/** What the room sees while the deck leads: how to join, who is there, and what they say. */
function Card({ view, floats }: { view: View; floats: HTMLElement }) {
  const { joinUrl, people, place, isWelcome } = view;
  return (
    <aside
      class={`card ${place}`}
      part="overlay"
      aria-label={words.overlay}
      hidden={!isWelcome || joinUrl === undefined}
    >
      {joinUrl !== undefined && (
        <div class="join" part="join">
          <Qr url={joinUrl} />
          <p class="invite">
            <strong>{words.join}</strong>
            <span class="people">
              {common.people(people)}
              <Dot view={view} />
            </span>
          </p>
        </div>
      )}
      {joinUrl !== undefined && <Url url={joinUrl} />}
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

/** A following deck that looks around, and its way back. */
const Return = ({ view, onReturn }: { view: View; onReturn: () => void }) => (
  <div class="return" role="status">
    {view.hold && <span class="hidden">{words.held}</span>}
    {view.isAway && (
      <button type="button" part="return" onClick={onReturn}>
        {words.away}
      </button>
    )}
  </div>
);

/** `<div data-revint-qr>`: the join code, as large as its place. */
export function QrSlot({ store, isBare }: { store: Store<View>; isBare: boolean }) {
  const { joinUrl } = useStore(store);
  // Until there is something to scan, what the deck's author wrote into it.
  if (joinUrl === undefined) return <slot />;
  return (
    <>
      <Qr url={joinUrl} />
      {!isBare && <Url url={joinUrl} />}
    </>
  );
}

/** `<div data-revint-totals>`: the result bars of its slide. */
export function TotalsSlot({ store, getPage }: { store: Store<View>; getPage: () => string }) {
  const { reactions, totals, role } = useStore(store);
  if (role === "none") return null;
  return <Bars counts={listCounts(reactions, totals.pages[getPage()])} label={words.counts} />;
}
