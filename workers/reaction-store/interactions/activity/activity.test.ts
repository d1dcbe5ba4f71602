import { expect, test } from "vitest";
import { writeAnswerKey } from "../../../../shared/interactions/activity/answer-key.ts";
import type { ActivityKind } from "../../../../shared/interactions/activity/kinds/index.ts";
import type { AnswerValue } from "../../../../shared/interactions/activity/tally.ts";
import { getRoundTopic } from "../../../../shared/interactions/activity/topic.ts";
import { isOpenEnded, isSameKey, isSameKind, listCounted, shorten } from "../index.ts";

const topicOf = (kind: ActivityKind) =>
  getRoundTopic({ kind, activity: "poll", openedAt: 1_795_180_000_000 });
const keyOf = (value: AnswerValue, elapsedMs = 1200) => writeAnswerKey({ elapsedMs, value });

test.each<[ActivityKind, AnswerValue, Record<string, number>]>([
  ["choice", ["a", "b"], { "": 1, a: 1, b: 1 }],
  ["scale", 4, { "": 1, 4: 1 }],
  ["number", -0.5, { "": 1, "-0.5": 1 }],
  ["words", ["constructor", "café"], { "": 1, constructor: 1, café: 1 }],
  ["text", "because", { "": 1 }],
  ["order", ["b", "a"], { "": 1, b: 1, "rank:b": 1, "rank:a": 2 }],
])("an answer to %s counts its person, and what its kind says", (kind, value, counts) => {
  expect(Object.fromEntries(listCounted(topicOf(kind), keyOf(value)))).toEqual(counts);
});

test("what is taken back counts nothing, and what is of no known kind counts as what it is", () => {
  expect([...listCounted(topicOf("choice"), "")]).toEqual([]);
  for (const topic of ["answer:poll", "answer:constructor:poll:1", "answer:", "vote:1", "reaction:1"]) {
    expect([...listCounted(topic, "12:yes")]).toEqual([["12:yes", 1]]);
    expect([...listCounted(topic, "")]).toEqual([]);
  }
});

test("a key that no room has written is none", () => {
  expect(() => [...listCounted(topicOf("choice"), "yes")]).toThrow(SyntaxError);
});

test("an answer is the same whenever it came, and under whichever rule of changing", () => {
  const topic = topicOf("choice");
  expect(isSameKey(topic, keyOf(["a"]), keyOf(["a"], 99))).toBe(true);
  expect(isSameKey(topic, keyOf(["a"]), keyOf(["b"]))).toBe(false);
  expect(isSameKey(topic, keyOf(["a"]), "")).toBe(false);
  const kind = { topic, key: keyOf(["a"]), mode: "replace" } as const;
  expect(isSameKind(kind, { ...kind, key: keyOf(["a"], 99), mode: "once" })).toBe(true);
  expect(isSameKind(kind, { ...kind, mode: "add" })).toBe(false);
  expect(isSameKind(kind, { ...kind, topic: topicOf("words") })).toBe(false);
});

test("words and numbers may be as many as people think of, nothing else", () => {
  const kinds: ActivityKind[] = ["choice", "scale", "number", "words", "text", "order"];
  expect(kinds.filter((kind) => isOpenEnded(topicOf(kind)))).toEqual(["number", "words"]);
  expect(isOpenEnded("reaction:1")).toBe(false);
  expect(isOpenEnded("vote:1")).toBe(false);
});

test("a text is the same however late it comes, at every length", () => {
  const topic = topicOf("text");
  for (let length = 240; length < 264; length++) {
    const [early, late] = [1, 3_600_000].map((at) => shorten(topic, keyOf("x".repeat(length), at)));
    expect([length, isSameKey(topic, early ?? "", late ?? "-")]).toEqual([length, true]);
  }
});
