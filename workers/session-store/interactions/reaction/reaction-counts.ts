import { getTopicName, toTopic } from "../../../../shared/interactions/topic.ts";
import type { Pages } from "../../../../shared/protocol/totals.ts";
import type { Totals } from "../../../lib/totals.ts";
import type { Interaction } from "../interaction.ts";

const INTERACTION = "reaction";

/** The topic that a page's reactions are counted under. */
export const getPageTopic = (page: string): string => toTopic(INTERACTION, page);

/** The page whose reactions a topic counts; undefined for a topic of another interaction. */
export const getTopicPage = (topic: string): string | undefined => getTopicName(INTERACTION, topic);

/** Reactions by page, of these topics or of all; a page without any is `{}`. */
export function getPages(counts: Totals, topics: Iterable<string> | "whole" = "whole"): Pages {
  const picked = topics === "whole" ? counts.toJSON() : counts.pick(topics);
  return Object.fromEntries(
    Object.entries(picked).flatMap(([topic, reactions]) => {
      const page = getTopicPage(topic);
      return page === undefined ? [] : [[page, reactions]];
    }),
  );
}

/** All reactions together. */
export function sumReactions(counts: Totals): number {
  let sum = 0;
  for (const topic of counts.topics()) if (getTopicPage(topic) !== undefined) sum += counts.sum(topic);
  return sum;
}

export const reaction: Interaction = {
  say(counts, topics, total) {
    const pages = getPages(counts, topics);
    if (topics === "whole") return { type: "reactions", pages, total, whole: true };
    return Object.keys(pages).length > 0 ? { type: "reactions", pages, total } : undefined;
  },
};
