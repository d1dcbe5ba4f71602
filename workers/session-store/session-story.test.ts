import { expect, test } from "vitest";
import { getVoteTopic } from "../../shared/interactions/question/topic.ts";
import { Story } from "../lib/story.ts";
import { Totals } from "../lib/totals.ts";
import { ActivityTallies } from "./interactions/activity/activity-tallies.ts";
import { answered, openBoard } from "./interactions/activity/test-activities.ts";
import type { StoredQuestion } from "./interactions/question/stored-question.ts";
import { tellStory } from "./session-story.ts";
import { createFacts, NOW, nameUser } from "./test-session.ts";

const createQuestion = (id: string, more: Partial<StoredQuestion> = {}): StoredQuestion => ({
  id,
  revision: 1,
  text: `Question ${id}?`,
  author: nameUser(id),
  request: `request-${id}`,
  at: NOW,
  status: "published",
  pinned: false,
  isExcluded: false,
  ...more,
});

const tell = (more: Partial<Parameters<typeof tellStory>[0]> = {}) => {
  const { board } = openBoard();
  return tellStory({
    session: createFacts({ userTokenHash: "SECRETHASH" }).session,
    rooms: 4,
    endedAt: NOW + 1000,
    expiresAt: NOW + 2000,
    course: {
      startedAt: NOW,
      states: [{ at: NOW, page: "0", title: null }],
      people: [{ at: NOW, people: 3 }],
    },
    totals: { pages: { "0": { "👍": 2 } }, total: 2, participants: 3 },
    counted: new Totals(),
    activities: board.all,
    tallies: new ActivityTallies(board),
    questions: [],
    ...more,
  });
};

test("tells the talk, its course and its totals", () => {
  const story = tell();
  expect(Story.parse(story)).toEqual(story);
  expect(story).toEqual({
    name: "a talk",
    date: "2026-11-20",
    rooms: 4,
    startedAt: NOW,
    endedAt: NOW + 1000,
    expiresAt: NOW + 2000,
    states: [{ at: NOW, page: "0", title: null }],
    people: [{ at: NOW, people: 3 }],
    totals: { pages: { "0": { "👍": 2 } }, total: 2, participants: 3 },
    activities: [],
    questions: [],
    questionTotal: 0,
  });
});

test("tells activities in the order in which they were opened first, with the tallies of all their rounds", () => {
  const { board, write, open, close, topicOf } = openBoard();
  for (const id of ["later", "first"]) write(id, { show: "live" });
  open("first", {}, NOW + 1);
  const before = topicOf("first");
  close("first", {}, NOW + 2);
  open("later", {}, NOW + 3);
  open("first", { newRound: true }, NOW + 4);
  for (const id of ["later", "first"]) close(id, {}, NOW + 5);
  const counted = Totals.from({
    [before]: answered(3, { a: 3 }),
    [topicOf("first")]: answered(2, { b: 2 }),
    [topicOf("later")]: answered(1, { c: 1 }),
  });
  const { activities } = tell({ counted, activities: board.all, tallies: new ActivityTallies(board) });
  expect(activities).toMatchObject([
    {
      id: "first",
      round: 2,
      tally: { people: 2, counts: { b: 2 } },
      rounds: [{ people: 3, counts: { a: 3 } }],
    },
    { id: "later", tally: { people: 1, counts: { c: 1 } }, rounds: [] },
  ]);
});

test("tells questions as most wanted them answered, and those of before by their age", () => {
  const questions = [
    createQuestion("c", { at: NOW + 2 }),
    createQuestion("b", { at: NOW + 1 }),
    createQuestion("a", { status: "answered", answer: "So.", pinned: false }),
    createQuestion("d", { pinned: true, at: NOW + 3 }),
  ];
  const counted = Totals.from({ [getVoteTopic("a")]: { 1: 2 }, [getVoteTopic("d")]: { 1: 1 } });
  const { questions: told, questionTotal } = tell({ questions, counted });
  expect(told).toEqual([
    { id: "a", text: "Question a?", votes: 2, answered: true, answer: "So." },
    { id: "d", text: "Question d?", votes: 1, answered: false },
    { id: "b", text: "Question b?", votes: 0, answered: false },
    { id: "c", text: "Question c?", votes: 0, answered: false },
  ]);
  expect(questionTotal).toBe(4);
});

test("tells so many questions, and counts the rest", () => {
  const questions = Array.from({ length: 200 }, (_, i) => createQuestion(`q${i}`));
  const { questions: told, questionTotal } = tell({ questions });
  expect([told.length, questionTotal]).toEqual([50, 200]);
});

test("tells nothing of anybody, and nothing that was not for all to see", () => {
  const { board, write, open, close, topicOf } = openBoard();
  write("draft", { prompt: "SECRET draft" });
  for (const [id, show] of [
    ["kept", "host"],
    ["quiz", "live"],
    ["cloud", "live"],
  ] as const) {
    write(id, {
      show,
      ...(id === "quiz" && { correct: ["a"] }),
      ...(id === "cloud" && { kind: "words", options: undefined, words: 3 }),
    });
    open(id);
  }
  const counted = Totals.from({
    [topicOf("kept")]: answered(77, { a: 77 }),
    [topicOf("quiz")]: answered(5, { a: 5 }),
    [topicOf("cloud")]: answered(9, { fine: 5, secretword: 4 }),
  });
  for (const id of ["kept", "quiz", "cloud"]) close(id);
  const cloud = board.get("cloud");
  if (cloud) board.setHidden(cloud, "secretword", true, NOW + 5);
  const questions = [
    createQuestion("open", { name: "SECRETNAME", answer: "SECRET answer that was taken back" }),
    createQuestion("wait", { status: "pending", text: "SECRET pending" }),
    createQuestion("hide", { status: "hidden", text: "SECRET hidden" }),
    createQuestion("merge", { status: "hidden", text: "SECRET merged", mergedInto: "open" }),
    createQuestion("block", { isExcluded: true, text: "SECRET of somebody blocked" }),
  ];
  const story = tell({ questions, counted, activities: board.all, tallies: new ActivityTallies(board) });
  const text = JSON.stringify(story);
  expect(text).not.toMatch(/secret/i);
  for (const { author = "", request = "" } of questions) {
    expect(text).not.toContain(author);
    expect(text).not.toContain(request);
  }
  expect(story.activities.map(({ id }) => id).sort()).toEqual(["cloud", "kept", "quiz"]);
  expect(story.activities.find(({ id }) => id === "kept")).not.toHaveProperty("tally");
  expect(text).not.toContain("77");
  expect(text).not.toContain("correct");
  expect(text).not.toContain("hidden");
  expect(story.questionTotal).toBe(1);
  expect(story.activities.find(({ id }) => id === "cloud")?.tally).toMatchObject({
    people: 9,
    counts: { fine: 5 },
  });
});

test("tells what is right once everybody was told", () => {
  const { board, write, open, close } = openBoard();
  write("quiz", { correct: ["a"] });
  open("quiz");
  close("quiz", { revealed: true });
  const { activities } = tell({ activities: board.all, tallies: new ActivityTallies(board) });
  expect(activities).toMatchObject([{ id: "quiz", correct: ["a"] }]);
});
