import { evictDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { Definition } from "../../shared/interactions/activity/activity.schema.ts";
import { getRoundTopic } from "../../shared/interactions/activity/topic.ts";
import type { QuizQuestion, Scores } from "../lib/quiz.ts";
import { createRound, open, participant, say } from "./test-ledger.ts";

const FIRST = createRound("choice", "first", 1_795_180_000_000);
const SECOND = createRound("number", "second", 1_795_180_000_001);
const OPTIONS = [
  { id: "a", text: "A" },
  { id: "b", text: "B" },
];
const QUIZ: readonly QuizQuestion[] = [
  {
    topic: getRoundTopic(FIRST),
    definition: Definition.parse({
      kind: "choice",
      prompt: "?",
      options: OPTIONS,
      correct: ["a"],
      seconds: 20,
    }),
  },
  {
    topic: getRoundTopic(SECOND),
    definition: Definition.parse({ kind: "number", prompt: "?", correct: 42 }),
  },
];
const sorted = (scores: Scores) =>
  [...scores].sort((a, b) => `${a.participant}`.localeCompare(`${b.participant}`));

async function openAnswered() {
  const ledger = open();
  await ledger.append({
    epoch: 1,
    entries: [
      say(1, "1", FIRST, ["a"], { elapsedMs: 100 }),
      say(1, "2", SECOND, 42),
      say(2, "1", FIRST, ["b"]),
      say(2, "2", FIRST, ["a"], { elapsedMs: 20_000 }),
      say(3, "1", SECOND, 41),
      say(4, "1", SECOND, 42),
      say(4, "2", SECOND, null),
    ],
  });
  return ledger;
}

test("everybody who has answered has the points of what stands, also after a restart from disk", async () => {
  const { stub } = await openAnswered();
  const expected = [
    { participant: participant(1), points: 2000 },
    { participant: participant(2), points: 500 },
    { participant: participant(3), points: 0 },
  ];
  expect(sorted(await stub().scores(QUIZ))).toEqual(expected);
  await evictDurableObject(stub());
  expect(sorted(await stub().scores(QUIZ))).toEqual(expected);
  expect(await stub().scores([])).toEqual([]);
});

test("who is taken out of the totals has no points until they come back", async () => {
  const { stub } = await openAnswered();
  await stub().excludeFromTotals(participant(1), true);
  expect(sorted(await stub().scores(QUIZ))).toEqual([
    { participant: participant(2), points: 500 },
    { participant: participant(3), points: 0 },
  ]);
  await stub().excludeFromTotals(participant(1), false);
  expect(await stub().scores(QUIZ)).toHaveLength(3);
});

test("the points of who is forgotten stay, without a name", async () => {
  const { stub } = await openAnswered();
  await stub().forget(participant(1));
  const scores = await stub().scores(QUIZ);
  expect(scores).toHaveLength(3);
  expect(scores).toContainEqual({ participant: null, points: 2000 });
  expect(scores).toContainEqual({ participant: participant(2), points: 500 });
});

test("a ledger that was never written to has no scores, and is not written to", async () => {
  const { stub } = open();
  expect(await stub().scores(QUIZ)).toEqual([]);
  expect((await stub().totals()).epoch).toBe(0);
});
