import { expect, test } from "vitest";
import { SessionHistory } from "./session-history.ts";
import { NOW } from "./test-session.ts";
import { createSql } from "./test-storage.ts";

const deck = (version: number, page: string, at: number, state = "") => ({
  epoch: NOW,
  version,
  page,
  state,
  at,
});

/** The course of a session that began at `NOW`. */
function begin(sql = createSql()) {
  const history = new SessionHistory(sql);
  history.start(deck(0, "0", NOW, "init"));
  return history;
}

test("tells which page was shown when, in the order of the deck", () => {
  const history = begin();
  history.addState(deck(1, "1", NOW + 10));
  history.addState(deck(2, "0", NOW + 20));
  const { states, startedAt } = history.read();
  expect(states.map(({ at, page }) => [at, page])).toEqual([
    [NOW, "0"],
    [NOW + 10, "1"],
    [NOW + 20, "0"],
  ]);
  expect(startedAt).toBe(NOW);
  expect(history.listPages("2")).toEqual(["0", "1", "2"]);
});

test.each([
  ['{"title":"Why"}', "Why"],
  [`{"title":"${"🌊".repeat(201)}"}`, "🌊".repeat(200)],
  ['{"title":""}', null],
  ['{"title":7}', null],
  ["[]", null],
  ["init", null],
])("a state of %.20s has the title %.20s", (state, title) => {
  const history = begin();
  history.addState(deck(1, "1", NOW, state));
  expect(history.read().states[1]?.title).toBe(title);
});

test("its times never go back with the clock, also in the room's next life", () => {
  const sql = createSql();
  begin(sql).addState(deck(1, "1", NOW + 60_000));
  const next = new SessionHistory(sql);
  next.addState(deck(2, "2", NOW));
  next.notePeople(3, NOW);
  const { states, people } = next.read();
  expect(states.map(({ at }) => at)).toEqual([NOW, NOW + 60_000, NOW + 60_000]);
  expect(people).toEqual([{ at: NOW + 60_000, people: 3 }]);
});

test("people are noted when their number has changed, with the most that there were in between", () => {
  const history = begin();
  history.notePeople(1, NOW + 1000);
  history.notePeople(1, NOW + 2000);
  for (const [people, after] of [
    [2, 2100],
    [5, 2200],
    [4, 2300],
  ] as const) {
    history.countPeople(people, NOW + after);
  }
  history.notePeople(1, NOW + 3000);
  history.notePeople(0, NOW + 4000);
  expect(history.read().people).toEqual([
    { at: NOW + 1000, people: 1 },
    { at: NOW + 2200, people: 5 },
    { at: NOW + 3000, people: 1 },
    { at: NOW + 4000, people: 0 },
  ]);
});

test("a restart begins it anew", () => {
  const history = begin();
  history.notePeople(7, NOW + 1000);
  history.start(deck(1, "0", NOW + 2000));
  history.notePeople(7, NOW + 3000);
  expect(history.read()).toEqual({
    states: [{ at: NOW + 2000, page: "0", title: null }],
    people: [{ at: NOW + 3000, people: 7 }],
    startedAt: NOW + 2000,
  });
});
