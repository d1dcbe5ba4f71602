import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RevintError } from "../../../client/error.ts";
import { OwnVotes } from "./own-votes.ts";
import { createQuestion, TestSession } from "./test-session.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function createVotes() {
  const session = new TestSession();
  const refused: string[] = [];
  const votes = new OwnVotes(session, (code) => refused.push(code));
  const tell = (count: number) => session.tell([createQuestion("a", { votes: count })]);
  const look = () => session.questions.map((question) => [votes.has(question), votes.count(question)])[0];
  const toggle = () => votes.toggle(session.questions[0] ?? createQuestion(""));
  const keep = () => session.emit("voted", { id: "v", question: "a", vote: true, at: 0 });
  tell(4);
  return { session, votes, refused, tell, look, toggle, keep };
}

test("a vote is shown at once, and as the service counts it from then on", () => {
  const { toggle, look, keep, tell } = createVotes();
  toggle();
  expect(look()).toEqual([true, 5]);
  keep();
  expect(look()).toEqual([true, 5]);
  tell(7);
  expect(look()).toEqual([true, 7]);
  toggle();
  expect(look()).toEqual([false, 6]);
});

test("votes of others that are counted before one's own are added to it", () => {
  const { toggle, look, tell } = createVotes();
  toggle();
  tell(6);
  expect(look()).toEqual([true, 7]);
});

test("counts that came before the vote was known to be kept include it", () => {
  const { toggle, look, keep, tell } = createVotes();
  toggle();
  tell(5);
  keep();
  expect(look()).toEqual([true, 5]);
});

test("what is given and taken back in one go adds nothing", () => {
  const { toggle, look } = createVotes();
  toggle();
  toggle();
  expect(look()).toEqual([false, 4]);
});

test("counts that stay as they are include a vote that was kept some time ago", () => {
  const { toggle, look, keep } = createVotes();
  toggle();
  keep();
  vi.advanceTimersByTime(3000);
  expect(look()).toEqual([true, 4]);
});

test("one that does not count is told, and adds nothing", () => {
  const { session, toggle, look, refused, votes } = createVotes();
  toggle();
  const vote = { id: "v", question: "a", vote: true, at: 0 };
  session.emit("voteRefused", { vote, error: new RevintError("question_fixed", "answered") });
  expect(look()?.[1]).toBe(4);
  votes.toggle(createQuestion(""));
  expect(refused).toEqual(["question_fixed", "question_not_found"]);
});
