import { expect, test } from "vitest";
import { FOR, getVoteTopic } from "../../../../shared/interactions/question/topic.ts";
import { isOpenEnded, isSameKind, listCounted, shorten } from "../index.ts";

const topic = getVoteTopic("mif2k1");

test("a vote counts one, and one that is taken back nothing", () => {
  expect([...listCounted(topic, FOR)]).toEqual([[FOR, 1]]);
  expect([...listCounted(topic, "")]).toEqual([]);
  expect(shorten(topic, FOR)).toBe(FOR);
  expect(isOpenEnded(topic)).toBe(false);
});

test("a vote and taking it back are not one and the same under one id", () => {
  const vote = { topic, key: FOR, mode: "replace" } as const;
  expect(isSameKind(vote, vote)).toBe(true);
  expect(isSameKind(vote, { ...vote, key: "" })).toBe(false);
  expect(isSameKind(vote, { ...vote, topic: getVoteTopic("mif2k2") })).toBe(false);
});
