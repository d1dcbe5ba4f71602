import { expect, test } from "vitest";
import { getPageTopic, getTopicPage } from "../../../../shared/interactions/reaction/topic.ts";
import { Totals } from "../../../lib/totals.ts";
import { createSayCounts } from "../say-counts.ts";
import { getPages, reactionCounts, sumReactions } from "./reaction-counts.ts";

const topic = getPageTopic("1");
/** Two reactions on page 1, and something of another interaction on a page of the same name. */
const counts = Totals.from({ [topic]: { x: 2 }, "answer:1": { x: 5 } });

const sayCounts = (counted: Totals, topics: readonly string[] | "whole", total: number) =>
  createSayCounts([reactionCounts], () => counted)(topics, { role: "user", total });

test("a page's reactions are a topic of their own, which another interaction's page is not", () => {
  expect(getTopicPage(topic)).toBe("1");
  expect(getTopicPage("answer:1")).toBeUndefined();
});

test("pages and sums hold reactions only", () => {
  expect(getPages(counts)).toEqual({ "1": { x: 2 } });
  expect(getPages(counts, ["answer:1", getPageTopic("2")])).toEqual({ "2": {} });
  expect(sumReactions(counts)).toBe(2);
});

test("somebody new hears every page, also that there is none; others hear the pages that have changed", () => {
  expect(sayCounts(counts, "whole", 2)).toEqual([
    { type: "reactions", pages: { "1": { x: 2 } }, total: 2, whole: true },
  ]);
  expect(sayCounts(new Totals(), "whole", 0)).toEqual([
    { type: "reactions", pages: {}, total: 0, whole: true },
  ]);
  expect(sayCounts(counts, [topic, "answer:1"], 2)).toEqual([
    { type: "reactions", pages: { "1": { x: 2 } }, total: 2 },
  ]);
  expect(sayCounts(counts, ["answer:1"], 2)).toEqual([]);
  expect(sayCounts(counts, [], 2)).toEqual([]);
});
