import { getTopicPage } from "../../../../shared/interactions/reaction/topic.ts";
import type { Pages } from "../../../../shared/protocol/totals.ts";
import type { Totals } from "../../../lib/totals.ts";
import type { Interaction } from "../interaction.ts";

/** Reactions by page, of these topics or of all; a page without any is `{}`. */
export function getPages(counts: Totals, topics: Iterable<string> | "whole" = "whole"): Pages {
  const pages: [page: string, reactions: Pages[string]][] = [];
  for (const topic of topics === "whole" ? counts.topics() : topics) {
    const page = getTopicPage(topic);
    if (page !== undefined) pages.push([page, counts.read(topic)]);
  }
  return Object.fromEntries(pages);
}

/** All reactions together. */
export function sumReactions(counts: Totals): number {
  let sum = 0;
  for (const topic of counts.topics()) if (getTopicPage(topic) !== undefined) sum += counts.sum(topic);
  return sum;
}

export const reactionCounts: Interaction = {
  say(counts, topics, { total }) {
    const pages = getPages(counts, topics);
    if (topics === "whole") return [{ type: "reactions", pages, total, whole: true }];
    return Object.keys(pages).length > 0 ? [{ type: "reactions", pages, total }] : [];
  },
};
