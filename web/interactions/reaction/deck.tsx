import { Bars } from "../../ui/bars.tsx";
import type { DeckSlot, DeckView } from "../slots.ts";
import { countsOf, listCounts, toBar } from "./counts.ts";
import { ReactionFloats } from "./floats.ts";
import { listButtons } from "./offer.ts";
import { CountItem, Tally } from "./tally.tsx";
import { deck as words } from "./words/en.ts";

/** What people say to a slide: in the overlay, in the speaker's line, and as bars in the slide itself. */
export const deckSlot: DeckSlot = {
  Card: ({ view }) => <Tally counts={listPageCounts(view)} />,
  Strip: ({ view }) => (
    <ul aria-label={words.counts}>
      {listPageCounts(view).map(([reaction, count]) => (
        <CountItem key={reaction} reaction={reaction} count={count} />
      ))}
    </ul>
  ),
  place: "totals",
  Slide: ({ view }) => <Bars bars={listPageCounts(view).map(toBar)} label={words.counts} />,
  createFloats: (space) => new ReactionFloats(space),
  getMark: ({ rules }) => (rules.paused ? words.quiet : undefined),
};

/** The counts of the page in the order of what phones offer there now, and after them what they have offered before. */
const listPageCounts = ({ page, reactions, rules, totals }: DeckView): [string, number][] =>
  listCounts(listButtons(reactions, rules, page), countsOf(totals.pages, page));
