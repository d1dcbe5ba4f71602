import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareAge, compareQuestions } from "./order.ts";
import { NewQuestion, QuestionChange } from "./question.schema.ts";
import type { LiveQuestion } from "./question.ts";
import { cleanText } from "./text.ts";

describe("the text of a question", () => {
  test("keeps its lines, and nothing that disturbs others or can't be seen", () => {
    expect(cleanText("  Why\r\nso?  \n\n\n\nReally\t\u202Ereversed\u0007 ")).toBe(
      "Why\nso?\n\nReally reversed",
    );
    expect(cleanText("cafe\u0301")).toBe("caf\u00E9");
    expect(cleanText("broken \uD800 character")).toBe("broken \uFFFD character");
  });

  test("cleaned once, it stays as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => cleanText(cleanText(text)) === cleanText(text)),
    );
  });

  test("takes no longer to clean for what somebody hopes will take long", () => {
    const long = `a${" ".repeat(200_000)}b`;
    const start = performance.now();
    expect(cleanText(long)).toBe(long);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("has blanks around no line break", () => {
    const text = fc.string({ unit: fc.constantFrom("a", " ", "\u00A0", "\n") });
    fc.assert(fc.property(text, (given) => !/[ \u00A0]\n|\n[ \u00A0]/.test(cleanText(given))));
    expect(cleanText("a  b \n \n c")).toBe("a  b\n\nc");
  });

  test("has up to 500 characters when it is clean, and something to see", () => {
    const read = (text: string) => NewQuestion.safeParse({ text });
    expect(read(` ${"😀".repeat(500)} \u202E`).data).toEqual({ text: "😀".repeat(500) });
    expect(read("x".repeat(501)).error?.issues[0]?.message).toBe("the question takes up to 500 characters");
    for (const nothing of ["", " \n ", "\u202E", "\u200D\uFE0F"]) {
      expect(read(nothing).error?.issues[0]?.message).toBe("the question is empty");
    }
  });

  test("an answer to it can be taken away", () => {
    expect(QuestionChange.parse({ answer: null })).toEqual({ answer: null });
    expect(QuestionChange.safeParse({ answer: "" }).success).toBe(false);
  });
});

describe("the order of questions", () => {
  const question = fc.record({
    id: fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 3 }),
    at: fc.nat(3),
    votes: fc.nat(3),
    status: fc.constantFrom<LiveQuestion["status"]>("published", "answered"),
    pinned: fc.boolean(),
  });

  test("is the same wherever they come from, and leaves none equal", () => {
    for (const compare of [compareQuestions, compareAge]) {
      fc.assert(
        fc.property(
          fc.uniqueArray(question, { selector: ({ id }) => id }),
          fc.infiniteStream(fc.nat()),
          (all, salt) => {
            const shuffled = all
              .map((each) => ({ each, at: salt.next().value ?? 0 }))
              .sort((a, b) => a.at - b.at)
              .map(({ each }) => each);
            expect(shuffled.sort(compare)).toEqual(all.toSorted(compare));
          },
        ),
      );
    }
  });

  test("is what is pinned, what waits, what was answered; each by votes, then age, then id", () => {
    const create = (id: string, given: Partial<LiveQuestion>) =>
      ({ id, at: 5, votes: 1, status: "published", pinned: false, ...given }) as const;
    const sorted = [
      create("pinned", { pinned: true, votes: 0 }),
      create("wanted", { votes: 2 }),
      create("older", { at: 4 }),
      create("a", {}),
      create("b", {}),
      create("answered", { status: "answered", votes: 9 }),
    ];
    expect(
      sorted
        .toReversed()
        .sort(compareQuestions)
        .map(({ id }) => id),
    ).toEqual(sorted.map(({ id }) => id));
  });
});
