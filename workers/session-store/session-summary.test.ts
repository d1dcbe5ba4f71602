import { expect, test } from "vitest";
import { TalkSummary } from "../../shared/protocol/host/talk.schema.ts";
import { summarize } from "./session-summary.ts";

const NONE = { activities: 0, questions: 0 };

test("a summary has the most used reactions and pages, with the titles that these had last", () => {
  const totals = { pages: { "1": { a: 1, b: 2 }, "2": { a: 5 }, "3": {} }, total: 8, participants: 4 };
  const states = [
    { at: 1, page: "1", title: "Draft" },
    { at: 2, page: "1", title: "First" },
    { at: 3, page: "2", title: null },
  ];
  const summary = summarize({ totals, states, activities: 2, questions: 3 }, 9);
  expect(TalkSummary.parse(summary)).toEqual({
    people: 4,
    reactions: 8,
    top: { a: 6, b: 2 },
    moments: [
      { page: "2", title: null, reactions: 5 },
      { page: "1", title: "First", reactions: 3 },
    ],
    activities: 2,
    questions: 3,
    at: 9,
  });
});

test("however many there are, it stays small", () => {
  const pages = Object.fromEntries(
    Array.from({ length: 100 }, (_, page) => [`${page}`, { [`r${page}`]: page + 1 }]),
  );
  const { top, moments } = summarize(
    { totals: { pages, total: 5050, participants: 1 }, states: [], ...NONE },
    1,
  );
  expect(Object.keys(top)).toHaveLength(12);
  expect(moments.map(({ page }) => page)).toEqual(["99", "98", "97", "96", "95"]);
});

test("of a session in which nothing has happened there is a summary, too", () => {
  const totals = { pages: {}, total: 0, participants: 0 };
  const none = { people: 0, reactions: 0, top: {}, moments: [], at: 1 };
  expect(summarize({ totals, states: [], ...NONE }, 1)).toEqual({ ...none, ...NONE });
});
