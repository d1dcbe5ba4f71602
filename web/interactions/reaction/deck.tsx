import { Bars } from "../../ui/bars.tsx";
import type { DeckSlot } from "../slots.ts";
import { toBar } from "./counts.ts";
import { ReactionFloats } from "./floats.ts";
import { listPageCounts } from "./page-counts.ts";
import { Tally } from "./tally.tsx";
import { deck as words } from "./words/en.ts";

/** What people say to a slide: in the overlay, and as bars in the slide itself. */
export const deckSlot: DeckSlot = {
  Card: ({ view }) => <Tally counts={listPageCounts(view)} />,
  place: "totals",
  Slide: ({ view }) => <Bars bars={listPageCounts(view).map(toBar)} label={words.counts} />,
  createFloats: (space) => new ReactionFloats(space),
  getMark: ({ rules }) => (rules.paused ? words.quiet : undefined),
};
