import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RecapMaterial } from "../material/material.ts";
import { createActivity, createFacts, createStates, createTally, NOW } from "../material/test-story.ts";
import { DraftStatement } from "./draft.ts";
import { writeTemplate } from "./template.ts";
import { materials } from "./test-arbitrary.ts";

const write = (material: RecapMaterial) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(writeTemplate(material), ({ section }) => section)).map(
      ([id, all = []]) => [id, all.map(({ text }) => text)],
    ),
  );

const totals = (pages: Record<string, Record<string, number>>, participants: number) => ({
  pages,
  total: Object.values(pages)
    .flatMap((counts) => Object.values(counts))
    .reduce((sum, count) => sum + count, 0),
  participants,
});

test("a whole talk", () => {
  const material = createFacts(
    {
      states: createStates(
        ["0.0", "Tides", 10],
        ["1.0", "The moon", 30],
        ["2.0", "Ledgers & <b>trees</b>", 10],
        ["3.0", null, 5],
        ["4.0", "The end", 5],
      ),
      people: [{ at: NOW, people: 117 }],
      totals: totals(
        {
          "0.0": { "👍": 3, "👏": 1 },
          "1.0": { "👏": 900, "👍": 300 },
          "2.0": { "🤯": 30 },
          "4.0": { "👏": 1 },
        },
        124,
      ),
      activities: [
        createActivity({ id: "poll", tally: createTally(100, { a: 67, b: 30, c: 3 }) }),
        createActivity({
          id: "quiz",
          prompt: "Who pulls?",
          correct: ["b"],
          tally: createTally(80, { a: 20, b: 60 }),
        }),
      ],
      questions: [
        { id: "q1", text: "How high\nis it?", votes: 31, answered: true },
        { id: "q2", text: "Why?", votes: 4, answered: false },
      ],
      questionTotal: 2,
    },
    {
      bucket: 18,
      counts: [
        { at: NOW + 754_000, page: "1.0", count: 88 },
        ...[1, 2, 3, 4].map((i) => ({ at: NOW + i * 36_000, page: "0.0", count: 2 })),
      ],
    },
  );
  expect(write(material)).toEqual({
    summary: [
      "124 people took part in 60 minutes. Up to 117 of them were there at the same time. The room sent 1,235 reactions, most often 👏, 902 times.",
      "It was liveliest 13 minutes in, on “The moon”: 88 reactions within 18 seconds.",
      "The host asked 2 questions; most took part in “Which runtime?”: 100 people. The room had 2 questions of its own.",
    ],
    "slide:0.0": ["The room answered with 4 reactions, most often 👍, 3 times."],
    "slide:1.0": [
      "No other slide moved the room as much: 1,200 reactions, 900 of them 👏. The liveliest moment of the talk was on this slide. The talk stayed here longest, for 30 minutes.",
    ],
    "slide:2.0": ["The room had one thing to say here: 🤯, 30 times."],
    "slide:4.0": ["A single reaction came here: 👏."],
    "activity:poll": ["“Workers” came first: 67 of 100 people chose it, 67%. “Node” followed with 30%."],
    "activity:quiz": [
      "75% chose “Node”, 60 of 80 people. “Workers” followed with 25%. “Node” was right, and 60 of 80 people knew it.",
    ],
    questions: [
      "2 questions were asked, and 1 of them answered. Most wanted to know, with 31 votes: “How high is it?”",
    ],
  });
});

test("a talk to which nobody came", () => {
  expect(write(createFacts())).toEqual({ summary: ["Nobody joined this time."] });
});

test("one of everything", () => {
  const material = createFacts({
    totals: totals({ "0.0": { "👍": 1 } }, 1),
    people: [{ at: NOW, people: 1 }],
    activities: [createActivity({ tally: createTally(1, { a: 1 }) })],
    questions: [{ id: "q", text: "Why?", votes: 1, answered: true }],
    questionTotal: 1,
  });
  expect(write(material)).toEqual({
    summary: [
      "1 person took part in 60 minutes. The room sent 1 reaction, and it was 👍.",
      "The host asked “Which runtime?”, and 1 person answered. The room had 1 question of its own.",
    ],
    "slide:0.0": ["A single reaction came here: 👍."],
    "activity:poll": ["1 person answered: “Workers”."],
    questions: ["1 question was asked, and answered. Most wanted to know, with 1 vote: “Why?”"],
  });
});

describe("an activity", () => {
  const writeOne = (given: Record<string, unknown>) =>
    write(createFacts({ activities: [createActivity(given)] }))["activity:poll"];

  test.each([
    [
      "of two that are level",
      { tally: createTally(4, { a: 2, c: 2 }) },
      "“Workers” and “Deno” came out level, with 2 each.",
    ],
    [
      "of three that are level",
      { tally: createTally(3, { a: 1, b: 1, c: 1 }) },
      "3 people answered, and no answer came out ahead.",
    ],
    ["on which all agree", { tally: createTally(3, { b: 3 }) }, "Everybody chose “Node”."],
    [
      "with several right answers",
      { multiple: 2, correct: ["a", "c"], tally: createTally(3, { a: 2, b: 1, c: 1 }) },
      "“Workers” came first: 2 of 3 people chose it, 67%. “Workers” and “Deno” were right.",
    ],
    [
      "whose answer nobody found",
      { correct: ["a"], tally: createTally(3, { b: 3 }) },
      "Everybody chose “Node”. “Workers” was right, and nobody found it.",
    ],
    [
      "of a scale",
      {
        kind: "scale",
        labels: ["bad", "good"],
        tally: createTally(8, { 2: 2, 3: 6 }, { mean: 2.75, median: 3 }),
      },
      "The answers of 8 people come to 2.75 on average. Most often it was “3: good”, with 75%.",
    ],
    [
      "of a number",
      { kind: "number", tally: createTally(8, { 41: 8 }, { mean: -1234.5, median: 3 }) },
      "The answers of 8 people come to -1,234.5 on average. The median is 3.",
    ],
    [
      "of a number, by few",
      { kind: "number", tally: createTally(2, { 41: 2 }, { mean: 41, median: 41 }) },
      "2 people answered.",
    ],
    [
      "of words",
      { kind: "words", tally: createTally(9, { fast: 6, slow: 4, calm: 3, rare: 1 }) },
      "The word of the room was “fast”: 6 people said so. Then came “slow” and “calm”.",
    ],
    [
      "of words that nobody shares",
      { kind: "words", tally: createTally(2, { x: 1, y: 1 }) },
      "2 people answered, and no word came up often.",
    ],
    ["of texts", { kind: "text", tally: createTally(2) }, "2 people answered in their own words."],
    [
      "of an order",
      { kind: "order", tally: createTally(4, { c: 3, a: 1 }, { ranks: { a: 2, b: 2.8, c: 1.2 } }) },
      "All together, the room put “Deno” first and “Node” last. 3 of 4 people had “Deno” at the top.",
    ],
  ])("%s", (_, given, text) => {
    expect(writeOne(given)).toEqual([text]);
  });

  test("whose options are no plain text is told without them", () => {
    const options = [
      { id: "a", text: "<b>Bold</b>" },
      { id: "b", text: "b" },
    ];
    expect(writeOne({ options, tally: createTally(3, { a: 2, b: 1 }) })).toEqual(["3 people answered."]);
  });
});

test("neighbours do not read alike", () => {
  const pages = Array.from({ length: 6 }, (_, i) => `${i}.0`);
  const material = createFacts({
    states: createStates(...pages.map((page) => [page, null, 10] as const)),
    totals: totals(Object.fromEntries(pages.map((page) => [page, { "👏": 3, "👍": 2 }])), 9),
  });
  const told = Object.values(write(material))
    .slice(1)
    .map(([text = ""]) => text);
  expect(told).toHaveLength(6);
  expect(told.some((text, i) => text === told[i + 1])).toBe(false);
});

test("whatever the material is, it begins with who came, and each statement is one", () => {
  fc.assert(
    fc.property(materials, (material) => {
      const statements = writeTemplate(RecapMaterial.parse(material));
      expect(statements[0]?.section).toBe("summary");
      for (const statement of statements) expect(DraftStatement.parse(statement)).toEqual(statement);
    }),
    { numRuns: 500 },
  );
});
