import { expect, test } from "vitest";
import type { LiveQuestion } from "../../shared/interactions/question/question.ts";
import { addQuestions, addVotes, NO_QUESTIONS } from "./questions.ts";
import { toRecord } from "./record.ts";

const ask = (id: string, change: Partial<LiveQuestion> = {}): LiveQuestion => ({
  ...{ id, text: `${id}?`, at: 1000, votes: 0, status: "published", pinned: false },
  ...change,
});
const [a, b, mine] = [ask("a", { votes: 2 }), ask("b", { votes: 1 }), ask("c", { mine: true })];
const three = addQuestions(NO_QUESTIONS, { questions: [mine, b, a], total: 30 });
const idsOf = ({ questions }: typeof three) => questions.map(({ id }) => id).join("");

test("questions stand in the order that everybody sees, whenever they came", () => {
  expect(three).toEqual({ questions: [a, b, mine], total: 30 });
  const pinned = addQuestions(three, { questions: [ask("d"), { ...b, pinned: true }], total: 31 });
  expect(idsOf(pinned)).toBe("bacd");
  expect(pinned.total).toBe(31);
});

test("votes change counts and the order, and nothing else", () => {
  const next = addVotes(three, { votes: { b: 5, unknown: 1 } });
  expect(next.questions).toEqual([{ ...b, votes: 5 }, a, mine]);
  expect(next.questions[1]).toBe(a);
  expect(three.questions).toEqual([a, b, mine]);
});

test("what says nothing new leaves the very same picture", () => {
  expect(addVotes(three, { votes: { a: 2 } })).toBe(three);
  expect(addVotes(three, { votes: toRecord([["toString", 3]]) })).toBe(three);
  const told = { questions: [{ ...a }, ask("c")], total: 30, removed: ["unknown"] };
  expect(addQuestions(three, told)).toBe(three);
  expect(addQuestions(three, { questions: [{ ...a }, { ...b }], total: 30, whole: true })).toBe(three);
});

test("a change of one leaves the others the objects that they are", () => {
  const next = addQuestions(three, { questions: [{ ...b, text: "better?" }, { ...a }], total: 30 });
  expect(next.questions[0]).toBe(a);
  expect(next.questions[1]).toEqual({ ...b, text: "better?" });
  expect(next.questions[2]).toBe(mine);
});

test("an own question stays one's own, whoever is told of it", () => {
  const next = addQuestions(three, {
    questions: [ask("c", { status: "answered", answer: "Yes" })],
    total: 30,
  });
  expect(next.questions.at(-1)).toEqual({ ...mine, status: "answered", answer: "Yes" });
});

test("a question that is removed is gone, an own one too", () => {
  const next = addQuestions(three, { questions: [], removed: ["a", "c"], total: 28 });
  expect(next).toEqual({ questions: [b], total: 28 });
});

test("a whole picture takes the place of the one before, but for one's own", () => {
  const next = addQuestions(three, { questions: [b], total: 2, whole: true });
  expect(next).toEqual({ questions: [b, mine], total: 2 });
});

test("where there is none at all, there is none of one's own", () => {
  expect(addQuestions(three, { questions: [], total: 0, whole: true })).toEqual(NO_QUESTIONS);
});
