import { expect, test } from "vitest";
import { listReactions, listSlides } from "./slides.ts";

const MINUTE = 60_000;
const START = 1_000_000 * MINUTE;

const page = { title: null, total: 0, buckets: [] };
/** A talk of half an hour on two slides, in a session that was opened a day before. */
const talk = {
  pages: [
    { ...page, page: "0", dwell: [{ from: START - 24 * 60 * MINUTE, until: START }] },
    {
      ...page,
      page: "0.0",
      title: "Hello",
      dwell: [
        { from: START, until: START + 10 * MINUTE },
        { from: START + 20 * MINUTE, until: START + 30 * MINUTE },
      ],
    },
    { ...page, page: "1.0", dwell: [{ from: START + 10 * MINUTE, until: START + 20 * MINUTE }] },
  ],
};

test("slides are listed with their times and counts, those that were only reacted on last", () => {
  const totals = { "0.0": { "👍": 3, "🐢": 1 }, "1.0": { "👍": 8 }, "9.9": { "👏": 1 } };
  const reactions = listReactions(["👏", "❤️", "👍"], totals);
  expect(reactions).toEqual(["👏", "👍", "🐢"]);
  expect(listSlides(talk, totals, reactions)).toEqual([
    { page: "0.0", title: "Hello", shown: 20 * MINUTE, total: 4, counts: [0, 3, 1] },
    { page: "1.0", title: undefined, shown: 10 * MINUTE, total: 8, counts: [0, 8, 0] },
    { page: "9.9", title: undefined, shown: 0, total: 1, counts: [1, 0, 0] },
  ]);
});
