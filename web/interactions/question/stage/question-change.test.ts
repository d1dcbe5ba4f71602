import fc from "fast-check";
import { expect, test } from "vitest";
import type { LiveQuestion, QuestionChange } from "../../../../shared/interactions/question/question.ts";
import { applyChange, undoChange } from "./question-change.ts";

const question = (given: Partial<LiveQuestion> = {}): LiveQuestion => ({
  id: "a",
  text: "Why?",
  at: 1,
  votes: 0,
  status: "published",
  pinned: false,
  ...given,
});

test("hidden, a question is pinned no longer; answered in writing, it is answered", () => {
  expect(applyChange(question({ pinned: true }), { status: "hidden" })).toMatchObject({
    status: "hidden",
    pinned: false,
  });
  expect(applyChange(question(), { answer: "So." })).toMatchObject({ status: "answered", answer: "So." });
  expect(applyChange(question(), { mergedInto: "b" })).toMatchObject({ status: "hidden", mergedInto: "b" });
  expect(applyChange(question({ status: "hidden", mergedInto: "b" }), { status: "published" })).toEqual(
    question(),
  );
});

test("pinning another one is taken back by pinning the first again", () => {
  const first = question({ id: "b", pinned: true });
  expect(undoChange(question(), { pinned: true }, first)).toEqual({ id: "b", changes: [{ pinned: true }] });
  expect(undoChange(question(), { pinned: true }, undefined)).toEqual({
    id: "a",
    changes: [{ pinned: false }],
  });
});

test("whatever is done to a question, taking it back leaves it as it was", () => {
  const before = fc.oneof(
    fc.record({ status: fc.constantFrom("pending" as const), pinned: fc.constant(false) }),
    fc.record({
      status: fc.constantFrom("published" as const, "answered" as const),
      pinned: fc.boolean(),
    }),
    fc.record({ status: fc.constant("hidden" as const), pinned: fc.constant(false) }),
    fc.record({
      status: fc.constant("hidden" as const),
      pinned: fc.constant(false),
      mergedInto: fc.constant("m"),
    }),
    fc.record({
      // Whose answer the audience sees no longer, once it is published again.
      status: fc.constantFrom("answered" as const, "published" as const),
      pinned: fc.boolean(),
      answer: fc.constantFrom("one", "two"),
    }),
  );
  const change = fc.constantFrom<QuestionChange>(
    { status: "published" },
    { status: "hidden" },
    { status: "answered" },
    { pinned: true },
    { pinned: false },
    { answer: "two" },
    { answer: null },
    { mergedInto: "n" },
  );
  fc.assert(
    fc.property(before, change, (given, done) => {
      const was = question(given);
      // What is hidden is merged into nothing.
      fc.pre(was.status !== "hidden" || done.mergedInto === undefined);
      const { changes } = undoChange(was, done, undefined);
      expect(changes.reduce(applyChange, applyChange(was, done))).toEqual(was);
    }),
  );
});
