import { useLayoutEffect, useRef } from "hono/jsx/dom";
import { createStore, type Store } from "../../ui/store.ts";
import { useStore } from "../../ui/use-store.ts";
import type { DeckView, OverlaySession, OverlaySlot } from "../slots.ts";
import { ReactionFloats } from "./floats.ts";
import { listOfferedAtStart } from "./offer.ts";
import { listPageCounts } from "./page-counts.ts";
import { CountItem } from "./tally.tsx";
import { deck as words } from "./words/en.ts";

/** Of the audience's own words there may be many: a stream has room for these. */
const MOST = 12;

/** Reactions that rise as they come. */
export const floatSlot: OverlaySlot = {
  name: "reactions",
  place: "air",
  create(session) {
    const space = document.createElement("div");
    const floats = new ReactionFloats(space);
    session.on("totals", (totals) => floats.update(totals, true));
    return () => <Air space={space} />;
  },
};

/** How many of them there are on the slide that is shown. */
export const countSlot: OverlaySlot = {
  name: "counts",
  place: "figures",
  create(session) {
    const view = createStore(readView(session));
    for (const news of ["state", "totals", "rules"] as const) {
      session.on(news, () => view.set(readView(session)));
    }
    return () => <Counts view={view} />;
  },
};

const readView = ({ state, info, rules, totals }: OverlaySession): DeckView => ({
  page: state?.page ?? "0",
  reactions: listOfferedAtStart(info),
  rules,
  totals,
});

function Air({ space }: { space: HTMLElement }) {
  const air = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => air.current?.append(space), []);
  return <div class="floats" aria-hidden="true" ref={air} />;
}

function Counts({ view }: { view: Store<DeckView> }) {
  const counts = listPageCounts(useStore(view)).slice(0, MOST);
  return (
    <ul class="counts" aria-label={words.counts}>
      {counts.map(([reaction, count]) => (
        <CountItem key={reaction} reaction={reaction} count={count} />
      ))}
    </ul>
  );
}
