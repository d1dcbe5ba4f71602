import { Bars } from "../../ui/bars.tsx";
import { formatCount } from "../../ui/count.ts";
import type { DeckSlot, DeckView } from "../slots.ts";
import { countsOf, listCounts, toBar } from "./counts.ts";
import { Face, nameReaction } from "./face.tsx";
import { listButtons } from "./offer.ts";
import { Tally } from "./tally.tsx";
import { deck as words } from "./words/en.ts";

/** What people say to a slide: in the overlay, in the speaker's line, and as bars in the slide itself. */
export const deckSlot: DeckSlot = {
  Card: ({ view }) => <Tally counts={listPageCounts(view)} />,
  Strip: ({ view }) => (
    <ul aria-label={words.counts}>
      {listPageCounts(view).map(([reaction, count]) => (
        <li key={reaction} aria-label={`${nameReaction(reaction)}: ${count}`}>
          <span aria-hidden="true">
            <Face reaction={reaction} /> {formatCount(count)}
          </span>
        </li>
      ))}
    </ul>
  ),
  place: "totals",
  Slide: ({ view }) => <Bars bars={listPageCounts(view).map(toBar)} label={words.counts} />,
  getMark: ({ rules }) => (rules.paused ? words.quiet : undefined),
};

/** The counts of the page in the order of what phones offer there now, and after them what they have offered before. */
const listPageCounts = ({ page, reactions, rules, totals }: DeckView): [string, number][] =>
  listCounts(listButtons(reactions, rules, page), countsOf(totals.pages, page));
