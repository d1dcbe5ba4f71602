import type { DeckView } from "../slots.ts";
import { countsOf, listCounts } from "./counts.ts";
import { listButtons } from "./offer.ts";

/** The counts of the page in the order of what phones offer there now, and after them what they have offered before. */
export const listPageCounts = ({ page, reactions, rules, totals }: DeckView): [string, number][] =>
  listCounts(listButtons(reactions, rules, page), countsOf(totals.pages, page));
