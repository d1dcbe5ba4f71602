import type { ReactionsMessage } from "../../shared/interactions/reaction/message.ts";
import type { Pages } from "../../shared/protocol/totals.ts";
import { toRecord } from "./record.ts";
import type { ClientTotals } from "./session.ts";

/**
 * The totals with this news: what is said of a page is complete, and with `whole`, of all pages.
 * Its records inherit nothing, so that reading a page or a reaction finds what was counted or nothing.
 */
export function addPages(before: ClientTotals, { pages, total, whole }: ReactionsMessage): ClientTotals {
  const merged: Pages = whole ? pages : { ...before.pages, ...pages };
  const counted = Object.entries(merged)
    .map(([page, counts]) => [page, Object.entries(counts)] as const)
    .filter(([, counts]) => counts.length > 0);
  return { pages: toRecord(counted.map(([page, counts]) => [page, toRecord(counts)])), total };
}
