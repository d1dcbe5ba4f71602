import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AllQuestions } from "./all-questions.ts";
import { createQuestion, TestSession } from "./test-session.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map((id, at) => createQuestion(id, { at }));

function createAll() {
  const session = new TestSession();
  const told: boolean[] = [];
  const all = new AllQuestions(session, (isAskedFor) => told.push(isAskedFor));
  session.all = [a, b, c, d, e].filter((each) => each !== undefined);
  const look = () => [
    all
      .list()
      .map(({ id }) => id)
      .join(""),
    all.view.get().left,
  ];
  return { session, all, told, look };
}

test("what waits, was hidden or merged is in nobody's list", () => {
  const { session, look } = createAll();
  session.tell([
    createQuestion("p", { status: "pending", mine: true }),
    createQuestion("h", { status: "hidden", mine: true }),
    createQuestion("m", { status: "hidden", mine: true, mergedInto: "x" }),
    createQuestion("x"),
  ]);
  expect(look()).toEqual(["x", 0]);
});

test("there is more to read until all are known, a page at a time", async () => {
  const { session, all, told, look } = createAll();
  session.tell(session.all.slice(0, 1), 5);
  expect(look()).toEqual(["a", 4]);
  await all.readMore();
  await all.readMore();
  expect(look()).toEqual(["abcd", 1]);
  await all.readMore();
  expect(look()).toEqual(["abcde", 0]);
  expect(session.asked).toEqual([
    { sort: "votes" },
    { sort: "votes", cursor: "2" },
    { sort: "votes", cursor: "4" },
  ]);
  expect(told.at(-1)).toBe(true);
});

test("the newest come first where somebody wants that; the pinned one before all, what was answered after all", async () => {
  const { session, all, look } = createAll();
  session.tell([
    createQuestion("old", { at: 1 }),
    createQuestion("new", { at: 9 }),
    createQuestion("done", { at: 99, status: "answered" }),
    createQuestion("now", { at: 0, pinned: true }),
  ]);
  all.sortBy("newest");
  expect(look()).toEqual(["nownewolddone", 0]);
  expect(session.asked).toEqual([]);
});

test("a break takes nothing of what was read out of sight, and then it is read again", async () => {
  const { session, all, look } = createAll();
  session.tell(session.all.slice(0, 1), 5);
  await all.readMore();
  await all.readMore();
  session.reach("connecting");
  session.all = session.all.filter((question) => question !== b);
  session.tell(session.all.slice(0, 1), 4);
  session.reach("live");
  expect(look()).toEqual(["abcd", 0]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(look()).toEqual(["acde", 0]);
});

test("what could not be read is said, and nothing is lost", async () => {
  const { session, all, look } = createAll();
  session.tell(session.all.slice(0, 1), 5);
  vi.spyOn(session, "listQuestions").mockRejectedValue(new Error("no network"));
  await all.readMore();
  expect(all.view.get()).toMatchObject({ hasFailed: true, isReading: false });
  expect(look()).toEqual(["a", 4]);
});
