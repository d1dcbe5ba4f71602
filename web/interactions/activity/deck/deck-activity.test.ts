import { describe, expect, test } from "vitest";
import { newDefinitions } from "../../../../shared/interactions/activity/kinds/index.schema.ts";
import { readActivities, readActivity } from "./deck-activity.ts";
import type { Markup, MarkupItem } from "./markup.ts";

type Attributes = Readonly<Record<string, string>>;

/** `<ul>` with these attributes and items, each a text or with attributes of its own. */
function write(attributes: Attributes, ...items: readonly (string | [string, Attributes])[]): Markup {
  const toItem = (item: string | [string, Attributes]): MarkupItem =>
    typeof item === "string" ? { text: item, attributes: {} } : { text: item[0], attributes: item[1] };
  return { attributes, items: items.map(toItem), heading: "What do you say?", page: "2.0" };
}

/** What the service would make of it, too. */
function define(attributes: Attributes, ...items: Parameters<typeof write>[1][]) {
  const { activity, problems } = readActivity(write(attributes, ...items));
  expect(problems).toEqual([]);
  const accepted = newDefinitions.some((schema) => schema.safeParse(activity?.definition).success);
  expect(accepted).toBe(true);
  return activity;
}

const fail = (attributes: Attributes, ...items: Parameters<typeof write>[1][]) => {
  const { activity, problems } = readActivity(write(attributes, ...items));
  expect(activity).toBeUndefined();
  return problems.join(" ");
};

describe("in a slide,", () => {
  test("a list is a choice, asked by the slide's heading", () => {
    expect(define({ choice: "runtime" }, "Workers", "Node")).toEqual({
      id: "runtime",
      definition: {
        kind: "choice",
        prompt: "What do you say?",
        page: "2.0",
        show: "closed",
        change: true,
        multiple: 1,
        options: [
          { id: "1", text: "Workers" },
          { id: "2", text: "Node" },
        ],
      },
      opensByKey: false,
      stays: false,
      ways: {},
    });
  });

  test("a choice says how many, for how long, who sees what, what is right, and where it leads", () => {
    const attributes = {
      ...{ choice: "quiz", multiple: "2", seconds: "30", show: "live", change: "false" },
      ...{ prompt: "  Which\n two? ", open: "key", stay: "" },
    };
    const activity = define(
      attributes,
      ["A", { id: "first", correct: "", goto: "#/ay" }],
      ["B", { correct: "false" }],
      ["C", { correct: "true" }],
    );
    expect(activity).toMatchObject({
      definition: { multiple: 2, seconds: 30, show: "live", change: false, prompt: "Which two?" },
      opensByKey: true,
      stays: true,
      ways: { first: "#/ay" },
    });
    expect(activity?.definition).toMatchObject({ correct: ["first", "3"] });
    expect(define({ choice: "all", multiple: "", correct: "1, 3" }, "A", "B", "C")?.definition).toMatchObject(
      {
        multiple: 3,
        correct: ["1", "3"],
      },
    );
  });

  test("a scale has five steps, or as many as its author says, and both labels or none", () => {
    expect(define({ scale: "pace" })?.definition).toMatchObject({ min: 1, max: 5, step: 1 });
    expect(define({ scale: "pace", steps: "7", from: "slow", to: "fast" })?.definition).toMatchObject({
      max: 7,
      labels: ["slow", "fast"],
    });
    expect(define({ scale: "pace", min: "0", max: "1", step: "0.1", to: "all" })?.definition).toMatchObject({
      min: 0,
      max: 1,
      step: 0.1,
      labels: ["0", "all"],
    });
  });

  test("a number has bounds, and one right answer or a range", () => {
    expect(define({ number: "year", min: "1900", max: "2030", correct: "1969" })?.definition).toMatchObject({
      kind: "number",
      min: 1900,
      max: 2030,
      step: 1,
      correct: 1969,
    });
    for (const correct of ["40..45", "40 to 45", "40, 45", "40 45", "40–45"]) {
      expect(define({ number: "n", correct })?.definition).toMatchObject({ correct: [40, 45] });
    }
    expect(define({ number: "n", correct: "-5..-1", step: "0.5" })?.definition).toMatchObject({
      correct: [-5, -1],
    });
  });

  test("words, an open text and an order are what they are called", () => {
    expect(define({ words: "first-thought", multiple: "3" })?.definition).toMatchObject({ words: 3 });
    expect(define({ text: "wish" })?.definition).toMatchObject({ kind: "text" });
    expect(define({ order: "steps" }, "A", "B")?.definition).not.toHaveProperty("correct");
    expect(define({ order: "steps", correct: "2 1" }, "A", "B")?.definition).toMatchObject({
      correct: ["2", "1"],
    });
  });
});

describe("its author is told of", () => {
  test.each<[string, Attributes, RegExp, ...Parameters<typeof write>[1][]]>([
    ["no name", { choice: "" }, /needs a name.*data-revint-choice="/, "A", "B"],
    ["a name that can't be", { choice: "My Poll" }, /up to 32 of a–z/, "A", "B"],
    ["one option", { choice: "a" }, /2 to 20 options, and has 1/, "A"],
    ["no list", { order: "a" }, /2 to 20 options, and has none/],
    ["too many options", { choice: "a" }, /has 21/, ...Array.from({ length: 21 }, (_, n) => `${n}`)],
    ["an empty option", { choice: "a" }, /option 2 has no text/, "A", ""],
    ["a long option", { choice: "a" }, /option 1 is longer than 200/, "x".repeat(201), "B"],
    ["two options of one name", { choice: "a" }, /called “2”/, ["A", { id: "2" }], "B"],
    ["a bad name of an option", { choice: "a" }, /data-revint-id="Ü"/, ["A", { id: "Ü" }], "B"],
    ["a right option that is none", { choice: "a", correct: "3" }, /names “3”, which is none/, "A", "B"],
    ["half an order", { order: "a", correct: "1" }, /names every option once/, "A", "B"],
    ["more ticks than options", { choice: "a", multiple: "3" }, /from 1 to 2/, "A", "B"],
    ["seconds that are none", { text: "a", seconds: "soon" }, /data-revint-seconds="soon" is no number/],
    ["too few seconds", { text: "a", seconds: "2" }, /from 5 to 3600/],
    [
      "a word of another language",
      { text: "a", show: "sofort" },
      /"sofort" is not known: closed, live, host/,
    ],
    ["a scale of twelve steps", { scale: "a", min: "0", max: "11" }, /2 to 11 steps/],
    ["a scale without steps", { scale: "a", step: "0" }, /2 to 11 steps/],
    ["a scale that ends between two steps", { scale: "a", min: "0", max: "1", step: "0.3" }, /2 to 11 steps/],
    ["a number upside down", { number: "a", min: "5", max: "1" }, /from the smaller to the larger/],
    ["a range upside down", { number: "a", correct: "5..1" }, /from the smaller to the larger/],
    ["two kinds", { text: "a", words: "b" }, /two kinds/],
    ["a way that is no slide", { choice: "a" }, /begins with #\//, ["A", { goto: "https://x" }], "B"],
  ])("%s", (_, attributes, problem, ...items) => {
    expect(fail(attributes, ...items)).toMatch(problem);
  });

  test("a question that is missing or too long", () => {
    const silent = { ...write({ text: "a" }), heading: undefined };
    expect(readActivity(silent).problems.join()).toMatch(/asks nothing.*data-revint-prompt/);
    expect(fail({ text: "a", prompt: "x".repeat(501) })).toMatch(/longer than 500/);
  });

  test("a name that another one has, which keeps it, and of nothing else", () => {
    const [first, second, third] = readActivities([
      write({ text: "wish" }),
      write({ words: "wish" }),
      write({ words: "cloud" }),
    ]);
    expect(first?.activity?.definition.kind).toBe("text");
    expect(second).toMatchObject({ name: "wish", problems: [expect.stringMatching(/has this name/)] });
    expect(third?.activity?.id).toBe("cloud");
  });

  test("a name that every object has is a name like any other", () => {
    expect(define({ text: "constructor" })?.id).toBe("constructor");
    const activity = define({ choice: "a" }, ["A", { id: "constructor", goto: "#/1" }], "B");
    expect(activity?.ways).toEqual({ constructor: "#/1" });
  });
});
