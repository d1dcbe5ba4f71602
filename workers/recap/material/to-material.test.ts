import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { RecapSection } from "../../../shared/protocol/recap.ts";
import { RecapMaterial } from "./material.ts";
import { countReactions } from "./telling.ts";
import { createActivity, createFacts, createStates, createTally, NOW } from "./test-story.ts";

const sectionsOf = <Type extends RecapSection["type"]>(
  { sections }: { readonly sections: readonly RecapSection[] },
  type: Type,
) => sections.filter((section): section is Extract<RecapSection, { type: Type }> => section.type === type);

const totals = (pages: Record<string, Record<string, number>>, participants = 10) => ({
  pages,
  total: Object.values(pages).reduce(
    (sum, counts) => sum + Object.values(counts).reduce((all, count) => all + count, 0),
    0,
  ),
  participants,
});

test("of a talk in which nothing happened there is a recap, too", () => {
  const material = createFacts({ states: [{ at: NOW, page: "0", title: null }] });
  expect(RecapMaterial.parse(material)).toEqual({
    title: "How tides work",
    date: "2026-11-20",
    startedAt: NOW,
    endedAt: NOW + 3_600_000,
    people: 0,
    peak: 0,
    total: 0,
    reactions: [],
    sections: [{ type: "summary", id: "summary", text: [], moments: [] }],
  });
});

describe("slides", () => {
  test("have all their visits together, the title that they had last, and what was reacted there", () => {
    const material = createFacts({
      states: createStates(["0.0", "Draft", 2], ["1.0", null, 3], ["0.0", "Tides", 55]),
      totals: totals({ "1.0": { "👍": 2, "👏": 5 }, "0.0": { "👍": 4 } }),
    });
    expect(sectionsOf(material, "slide")).toMatchObject([
      { id: "slide:0.0", title: "Tides", seconds: 57 * 60, reactions: [{ label: "👍", count: 4 }] },
      {
        ...{ id: "slide:1.0", page: "1.0", title: null, seconds: 180 },
        reactions: [
          { label: "👏", count: 5 },
          { label: "👍", count: 2 },
        ],
      },
    ]);
    expect(material.reactions).toEqual([
      { label: "👍", count: 6 },
      { label: "👏", count: 5 },
    ]);
    expect(material.total).toBe(11);
  });

  test("that were only passed through are not told, but those on which somebody reacted are", () => {
    const states = createStates(["0.0", "A", 1], ["1.0", "B", 0.001], ["2.0", "C", 0.001], ["3.0", "D", 1]);
    const material = createFacts({ states, totals: totals({ "2.0": { "👍": 1 } }) });
    expect(sectionsOf(material, "slide").map(({ page }) => page)).toEqual(["0.0", "2.0", "3.0"]);
  });

  test("begin when the first one is shown, and not when the session was opened", () => {
    const states = createStates(["0", null, 50], ["0.0", "A", 10]);
    const material = createFacts({ states, totals: totals({ "0": { "👋": 3 } }) });
    expect(material.startedAt).toBe(NOW + 50 * 60_000);
    expect(sectionsOf(material, "slide").map(({ page }) => page)).toEqual(["0", "0.0"]);
    expect(sectionsOf(createFacts({ states }), "slide").map(({ page }) => page)).toEqual(["0.0"]);
  });

  test("may be called like something that every object has", () => {
    const material = createFacts({
      states: createStates(["constructor", "A", 60]),
      totals: totals({ constructor: { toString: 2 } }),
    });
    expect(sectionsOf(material, "slide")).toMatchObject([{ reactions: [{ label: "toString", count: 2 }] }]);
  });

  test("have the reactions that came most by name, and all others in one number: a thousand kinds fit as well", () => {
    const kinds = Array.from(
      { length: 1000 },
      (_, kind) => [`${"🔥".repeat(60)}${kind}`, 1000 - kind] as const,
    );
    const pages = Array.from({ length: 300 }, (_, page) => `${page}.0`);
    const material = createFacts({
      states: createStates(...pages.map((page) => [page, "🔥".repeat(200), 1] as const)),
      endedAt: NOW + 300 * 60_000,
      totals: totals(Object.fromEntries(pages.map((page) => [page, Object.fromEntries(kinds)]))),
    });
    const [slide] = sectionsOf(material, "slide");
    expect(slide?.reactions).toHaveLength(LIMITS.recapReactions);
    expect(slide && countReactions(slide)).toBe(500_500);
    // SQLite of an object has room for two million bytes in a row.
    expect(new TextEncoder().encode(JSON.stringify(material)).length).toBeLessThan(1_600_000);
  });

  test("are told as far as there is room, those on which most happened; the rest is counted", () => {
    const stays = Array.from({ length: 305 }, (_, page) => [`${page}.0`, null, 1] as const);
    const { moreSlides, sections } = createFacts({
      states: createStates(...stays),
      endedAt: NOW + 305 * 60_000,
      totals: totals({ "304.0": { "👍": 1 }, "2.0": { "👍": 1 } }),
    });
    const pages = sectionsOf({ sections }, "slide").map(({ page }) => page);
    expect(pages).toHaveLength(LIMITS.recapSlides);
    expect(pages.slice(0, 3)).toEqual(["0.0", "1.0", "2.0"]);
    expect(pages.at(-1)).toBe("304.0");
    expect(moreSlides).toBe(5);
  });
});

describe("moments", () => {
  const moments = (
    counts: readonly { at: number; page: string; count: number }[],
    states = createStates(["0.0", "A", 60]),
  ) => sectionsOf(createFacts({ states }, { bucket: 18, counts }), "summary")[0]?.moments;

  test("stand out from what the room usually did, largest first", () => {
    const usual = [0, 36, 72, 108, 144].map((at) => ({ at: NOW + at * 1000, page: "0.0", count: 2 }));
    const found = moments([
      ...usual,
      { at: NOW + 180_000, page: "0.0", count: 9 },
      { at: NOW + 900_000, page: "0.0", count: 20 },
    ]);
    expect(found).toEqual([
      { at: 900, seconds: 18, page: "0.0", title: "A", count: 20 },
      { at: 180, seconds: 18, page: "0.0", title: "A", count: 9 },
    ]);
  });

  test("that follow each other without a break, on one page, are one", () => {
    const usual = Array.from({ length: 9 }, (_, i) => ({ at: NOW + i * 36_000, page: "0.0", count: 1 }));
    const burst = [600, 618, 636].map((at) => ({ at: NOW + at * 1000, page: "0.0", count: 10 }));
    expect(moments([...usual, ...burst])).toEqual([
      { at: 600, seconds: 54, page: "0.0", title: "A", count: 30 },
    ]);
  });

  test("never lie before the start", () => {
    const counts = [
      { at: NOW - 5000, page: "0.0", count: 9 },
      ...[1, 2, 3, 4].map((i) => ({ at: NOW + i * 36_000, page: "0.0", count: 1 })),
    ];
    expect(moments(counts)).toMatchObject([{ at: 0, count: 9 }]);
  });
});

test("the most people at one time are the peak, and who joined is told by the totals", () => {
  const people = [5, 17, 9].map((people, i) => ({ at: NOW + i, people }));
  expect(createFacts({ people, totals: totals({}, 21) })).toMatchObject({ people: 21, peak: 17 });
});

describe("activities", () => {
  const results = (given: Record<string, unknown>) =>
    sectionsOf(createFacts({ activities: [createActivity(given)] }), "activity")[0];

  test("stand in the order of the story, with percentages of people, and not of ticks", () => {
    const tally = createTally(4, { a: 4, b: 3 });
    const activities = [
      createActivity({ id: "second", tally: createTally(3, { c: 1 }) }),
      createActivity({ id: "first", page: "1.0", multiple: 2, tally }),
    ];
    expect(sectionsOf(createFacts({ activities }), "activity")).toMatchObject([
      { id: "activity:second", people: 3 },
      {
        ...{ id: "activity:first", page: "1.0", kind: "choice", prompt: "Which runtime?" },
        results: [
          { label: "Workers", count: 4, percent: 100 },
          { label: "Node", count: 3, percent: 75 },
          { label: "Deno", count: 0, percent: 0 },
        ],
      },
    ]);
  });

  test.each([
    ["nobody has answered", { tally: createTally(0) }],
    ["were not shown to everybody", {}],
  ])("are not told where they %s", (_, given) => {
    expect(results(given)).toBeUndefined();
  });

  test("tell the last round that somebody has answered", () => {
    const rounds = [createTally(3, { a: 3 }), createTally(2, { b: 2 })];
    expect(results({ rounds, tally: createTally(0) })).toMatchObject({
      people: 2,
      results: [{ count: 0 }, { label: "Node", count: 2 }, { count: 0 }],
    });
  });

  test("say what was right only where everybody was told", () => {
    const tally = createTally(4, { a: 4 });
    expect(JSON.stringify(results({ quiz: true, tally }))).not.toContain("correct");
    expect(results({ quiz: true, correct: ["a"], tally })?.results).toEqual([
      { label: "Workers", count: 4, percent: 100, correct: true },
      { label: "Node", count: 0, percent: 0 },
      { label: "Deno", count: 0, percent: 0 },
    ]);
  });

  test("have no word that fewer than three people gave", () => {
    const found = results({ kind: "words", tally: createTally(9, { rare: 2, fast: 3, slow: 5, single: 1 }) });
    expect(found?.results).toEqual([
      { label: "slow", count: 5, percent: 56 },
      { label: "fast", count: 3, percent: 33 },
    ]);
  });

  test("have no text, only how many wrote one", () => {
    expect(results({ kind: "text", tally: createTally(4) })).toMatchObject({ people: 4, results: [] });
  });

  test("have the mean and the median of numbers, and no single one; of one or two people not even those", () => {
    const tally = createTally(3, { 41: 1, 42: 2 }, { mean: 41.666666, median: 42 });
    expect(results({ kind: "number", tally })).toMatchObject({ results: [], mean: 41.67, median: 42 });
    const few = results({ kind: "number", tally: createTally(2, { 41: 2 }, { mean: 41, median: 41 }) });
    expect(few).toEqual(expect.not.objectContaining({ mean: expect.anything() }));
    expect(JSON.stringify(few)).not.toContain("41");
  });

  test("have every step of a scale, and what its ends stand for", () => {
    const tally = createTally(4, { 3: 3, 1: 1 }, { mean: 2.5, median: 3 });
    expect(
      results({ kind: "scale", labels: ["bad", "good"], tally })?.results.map(({ label }) => label),
    ).toEqual(["1: bad", "2", "3: good"]);
  });

  test("have what people put in order in their order", () => {
    const tally = createTally(4, { c: 3, a: 1 }, { ranks: { a: 2.2, b: 2.6, c: 1.2 } });
    expect(results({ kind: "order", tally })?.results).toEqual([
      { label: "Deno", count: 3, percent: 75 },
      { label: "Workers", count: 1, percent: 25 },
      { label: "Node", count: 0, percent: 0 },
    ]);
  });

  test("tell the right order, and a number or its range, where everybody was told", () => {
    const tally = createTally(4, { c: 3, a: 1 }, { ranks: { a: 2.2, b: 2.6, c: 1.2 } });
    const right = (more: object) => results({ tally, quiz: true, ...more })?.right;
    expect(right({ kind: "order", correct: ["b", "a", "c"] })).toEqual(["Node", "Workers", "Deno"]);
    expect(right({ kind: "number", correct: 274 })).toEqual(["274"]);
    expect(right({ kind: "number", correct: [270, 280] })).toEqual(["270", "280"]);
    expect(right({ kind: "order" })).toBeUndefined();
  });
});

test("of many questions the first ones are told, and all are counted", () => {
  const questions = Array.from({ length: 60 }, (_, i) => ({
    id: `q${i}`,
    text: "Why?",
    votes: 60 - i,
    answered: false,
  }));
  const [section] = sectionsOf(createFacts({ questions, questionTotal: 200 }), "questions");
  expect(section?.questions).toHaveLength(LIMITS.recapQuestions);
  expect(section?.questions[0]).toEqual({ id: "question:q0", text: "Why?", votes: 60, answered: false });
  expect(section?.total).toBe(200);
});
