import type { ClientTotals } from "./session.ts";
import type { Pages, ServerMessage } from "./wire.ts";

type Reactions = Extract<ServerMessage, { type: "reactions" }>;

/** The totals with this news: what is said of a page is complete, and with `whole`, of all pages. */
export function addPages(before: ClientTotals, { pages, total, whole }: Reactions): ClientTotals {
  const merged: Pages = whole ? pages : { ...before.pages, ...pages };
  const counted = Object.entries(merged).filter(([, counts]) => Object.keys(counts).length > 0);
  return { pages: Object.fromEntries(counted), total };
}
