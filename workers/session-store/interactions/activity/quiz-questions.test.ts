import { expect, test } from "vitest";
import { NOW } from "../../test-session.ts";
import { QuizQuestions } from "./quiz-questions.ts";
import { openBoard } from "./test-activities.ts";

test("points fall over the seconds that a round was opened for, else over those of the definition", () => {
  const { board, write, open, close } = openBoard();
  const questions = new QuizQuestions(board);
  const getSeconds = () => questions.all.map(({ definition }) => definition.seconds);
  write("q", { correct: ["a"], seconds: 30 });
  open("q", { seconds: 10 });
  close("q", { revealed: true });
  expect(getSeconds()).toEqual([10]);
  const before = questions.name;
  // Going on with a round changes nothing for those who have answered in time.
  open("q", { seconds: 60 }, NOW + 3);
  close("q", {}, NOW + 4);
  expect(getSeconds()).toEqual([10]);
  open("q", { newRound: true }, NOW + 5);
  close("q", { revealed: true }, NOW + 6);
  expect(getSeconds()).toEqual([30]);
  expect(questions.name).not.toBe(before);
});

test("a question without any time has one where it is opened for some seconds", () => {
  const { board, write, open, close } = openBoard();
  const questions = new QuizQuestions(board);
  write("q", { correct: ["a"] });
  open("q");
  close("q", { revealed: true });
  expect(questions.all.map(({ definition }) => definition.seconds)).toEqual([undefined]);
  open("q", { newRound: true, seconds: 5 }, NOW + 3);
  close("q", { revealed: true }, NOW + 4);
  expect(questions.all.map(({ definition }) => definition.seconds)).toEqual([5]);
});

test("a room that hears of a question ahead of its counts knows that it counts", () => {
  const root = openBoard();
  const below = openBoard();
  const questions = new QuizQuestions(below.board);
  root.write("q", { correct: ["a"] });
  root.open("q");
  const before = root.board.getUpdate(0);
  root.close("q", { revealed: true });
  const ahead = root.board.getUpdate(0);
  if (!before || !ahead) throw new Error("there is nothing to adopt");
  below.board.adopt(before, NOW + 10);
  expect(questions.all).toEqual([]);
  below.board.adoptAhead(ahead, NOW + 11);
  expect(questions.name).toBe(new QuizQuestions(root.board).name);
});
