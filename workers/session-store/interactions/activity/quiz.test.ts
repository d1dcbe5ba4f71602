import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ServerMessage } from "../../../../shared/protocol/message.ts";
import type { Scores } from "../../../lib/quiz.ts";
import { beginSession, NOW } from "../../test-session.ts";
import { MemoryKv } from "../../test-storage.ts";
import { Quiz } from "./quiz.ts";
import { QuizQuestions } from "./quiz-questions.ts";
import { type Sums, sumUp } from "./sums.ts";
import { openBoard } from "./test-activities.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const MORE = 10_000;

/** A root with one room below it, whose people have pipes here. */
function open(kv = new MemoryKv()) {
  const state = beginSession(undefined, new MemoryKv());
  const opened = openBoard(kv);
  const { board } = opened;
  const rooms = {
    own: [] as Scores,
    below: (): Promise<readonly Sums[]> => Promise.resolve([]),
    reads: 0,
    sums: 0,
    isOut: false,
  };
  const heard = new Map<string, ServerMessage[]>();
  const people = ["ann", "bob", "cy"];
  let enqueued = 0;
  let guards = 0;
  const quiz: Quiz = new Quiz({
    isRoot: true,
    state,
    board,
    settled: async () => {},
    readScores: async () => {
      rooms.reads++;
      if (rooms.isOut) throw new Error("out");
      return rooms.own;
    },
    getSession: () => state.update,
    sumBelow: () => {
      rooms.sums++;
      return rooms.below();
    },
    readLeaders: () => quiz.listLeaders(),
    findNames: () => new Map([["ann", "Ann"]]),
    tellEach: (say) => {
      for (const person of people) {
        const message = say(person);
        if (message) heard.set(person, [...(heard.get(person) ?? []), message]);
      }
    },
    enqueue: () => {
      enqueued++;
    },
    guard: () => {
      guards++;
    },
  });
  quiz.load();
  /** One question, closed and revealed. */
  const reveal = (id = "q", given: Record<string, unknown> = {}) => {
    opened.write(id, { correct: ["a"], ...given });
    opened.open(id);
    opened.close(id, { revealed: true });
    quiz.boardChanged();
  };
  const lastOf = (person: string) => heard.get(person)?.at(-1);
  return {
    ...opened,
    ...{ state, quiz, rooms, heard, reveal, lastOf, kv },
    count: () => ({ enqueued, guards }),
  };
}

const scored = (participant: string | null, points: number) => ({ participant, points });

describe("when a question is revealed", () => {
  test("all rooms are asked once, the sums go down, and everybody here hears their own", async () => {
    const { rooms, reveal, lastOf, board, count, quiz } = open();
    rooms.own = [scored("ann", 1000), scored("bob", 0)];
    reveal();
    const { name } = new QuizQuestions(board);
    rooms.below = async () => [sumUp(name, [scored("dee", 1000), scored(null, 500)])];
    await vi.advanceTimersByTimeAsync(MORE);
    expect(board.standings).toMatchObject({ people: { 1000: 2, 500: 1, 0: 1 } });
    expect(lastOf("ann")).toEqual({ type: "score", points: 1000, rank: 1 });
    expect(lastOf("bob")).toEqual({ type: "score", points: 0, rank: 4 });
    expect([rooms.sums, count().enqueued]).toEqual([1, 1]);
    expect(quiz.isPending).toBe(false);
    expect(quiz.greet("bob")).toEqual([{ type: "score", points: 0, rank: 4 }]);
    expect(quiz.greet("cy")).toEqual([]);
  });

  test("a room that does not answer, or knows of other questions, is asked again", async () => {
    const { rooms, reveal, board } = open();
    rooms.own = [scored("ann", 1000)];
    rooms.below = () => Promise.reject(new Error("out"));
    reveal();
    await vi.advanceTimersByTimeAsync(6500);
    // At once, and then after one and two seconds; the next one comes after four.
    expect([rooms.sums, board.standings]).toEqual([3, undefined]);
    rooms.below = async () => [sumUp("others", [])];
    await vi.advanceTimersByTimeAsync(2000);
    expect(board.standings).toBeUndefined();
    rooms.below = async () => [];
    await vi.advanceTimersByTimeAsync(8000);
    expect(board.standings?.people).toEqual({ 1000: 1 });
  });

  test("a life that dies in between leaves it to the next one", async () => {
    const first = open();
    first.rooms.below = () => new Promise(() => {});
    first.reveal();
    await vi.advanceTimersByTimeAsync(MORE);
    const { board, rooms } = open(first.kv);
    rooms.own = [scored("ann", 1000)];
    await vi.advanceTimersByTimeAsync(MORE);
    expect(board.standings?.people).toEqual({ 1000: 1 });
  });

  test("what was summed up meanwhile of other questions is not kept", async () => {
    const { rooms, reveal, board, close, open: reopen, quiz } = open();
    rooms.own = [scored("ann", 1000)];
    const answer = Promise.withResolvers<readonly Sums[]>();
    rooms.below = () => answer.promise;
    reveal();
    await vi.advanceTimersByTimeAsync(10);
    reopen("q", {}, NOW + 5);
    quiz.boardChanged();
    answer.resolve([]);
    await vi.advanceTimersByTimeAsync(MORE);
    expect(board.standings).toBeUndefined();
    close("q", { revealed: true }, NOW + 6);
    quiz.boardChanged();
    rooms.below = async () => [];
    await vi.advanceTimersByTimeAsync(MORE);
    expect(board.standings?.people).toEqual({ 1000: 1 });
  });
});

test("as long as no question counts nobody is asked, and nobody hears anything", async () => {
  const { quiz, write, open: begin, close, rooms, heard, board } = open();
  write("poll");
  begin("poll");
  close("poll", { revealed: true });
  write("secret", { correct: ["a"] });
  begin("secret");
  close("secret");
  quiz.boardChanged();
  await vi.advanceTimersByTimeAsync(MORE);
  expect([rooms.reads, rooms.sums, heard.size, board.standings]).toEqual([0, 0, 0, undefined]);
});

test("a question that counts no longer takes its points back", async () => {
  const { rooms, reveal, open: reopen, quiz, lastOf, heard, board } = open();
  rooms.own = [scored("ann", 1000)];
  reveal();
  await vi.advanceTimersByTimeAsync(MORE);
  heard.clear();
  reopen("q", { newRound: true }, NOW + 10);
  quiz.boardChanged();
  expect(quiz.greet("ann")).toEqual([]);
  await vi.advanceTimersByTimeAsync(MORE);
  expect(lastOf("ann")).toEqual({ type: "score", points: 0, rank: 0 });
  expect(heard.has("bob")).toBe(false);
  expect(board.standings?.people).toEqual({});
  expect(rooms.sums).toBe(1);
});

test("somebody's answers that do not count any more are summed up anew, also by the next life", async () => {
  const { rooms, reveal, quiz, lastOf, kv } = open();
  rooms.own = [scored("ann", 1000), scored("bob", 500)];
  reveal();
  await vi.advanceTimersByTimeAsync(MORE);
  rooms.own = [scored("bob", 500)];
  quiz.invalidate();
  await vi.advanceTimersByTimeAsync(MORE);
  expect([lastOf("ann"), lastOf("bob")]).toEqual([
    { type: "score", points: 0, rank: 0 },
    { type: "score", points: 500, rank: 1 },
  ]);
  quiz.invalidate();
  const next = open(kv);
  next.rooms.own = [scored("ann", 1000), scored("bob", 500)];
  await vi.advanceTimersByTimeAsync(MORE);
  expect(next.board.standings?.people).toEqual({ 1000: 1, 500: 1 });
});

describe("a room that starts anew", () => {
  test("asks its ledger when somebody comes, once for all of them, and knows their ranks", async () => {
    const first = open();
    first.rooms.own = [scored("ann", 1000), scored("bob", 500)];
    first.reveal();
    await vi.advanceTimersByTimeAsync(MORE);
    const { quiz, rooms } = open(first.kv);
    rooms.own = first.rooms.own;
    await Promise.all([quiz.becomeReady(), quiz.becomeReady()]);
    expect(quiz.greet("bob")).toEqual([{ type: "score", points: 500, rank: 2 }]);
    expect([rooms.reads, rooms.sums]).toEqual([1, 0]);
  });

  test("whose ledger is out lets people in, and tells them later", async () => {
    const first = open();
    first.rooms.own = [scored("ann", 1000)];
    first.reveal();
    await vi.advanceTimersByTimeAsync(MORE);
    const { quiz, rooms, lastOf } = open(first.kv);
    rooms.own = first.rooms.own;
    rooms.isOut = true;
    await quiz.becomeReady();
    expect(quiz.greet("ann")).toEqual([]);
    await vi.advanceTimersByTimeAsync(MORE);
    rooms.isOut = false;
    await vi.advanceTimersByTimeAsync(MORE);
    expect(lastOf("ann")).toEqual({ type: "score", points: 1000, rank: 1 });
  });
});

describe("the ranking", () => {
  test("waits for what is being summed up, has names, and the root is asked once for many", async () => {
    const { quiz, rooms, reveal } = open();
    rooms.own = [scored("ann", 1000), scored("bob", 500), scored(null, 500)];
    reveal();
    const asked = Promise.all([quiz.readRanking("bob"), quiz.readRanking("cy")]);
    await vi.advanceTimersByTimeAsync(MORE);
    const [ofBob, ofCy] = await asked;
    const top = [
      { name: "Ann", points: 1000, rank: 1 },
      { points: 500, rank: 2 },
      { points: 500, rank: 2 },
    ];
    expect(ofBob).toEqual({ top, people: 3, mine: { points: 500, rank: 2 } });
    expect(ofCy).toEqual({ top, people: 3 });
    expect(rooms.sums).toBe(1);
  });

  test("fails while a room is out, and asks no room more often for it", async () => {
    const { quiz, rooms, reveal } = open();
    rooms.below = () => Promise.reject(new Error("out"));
    reveal();
    const asked = Array.from({ length: 50 }, () => quiz.readRanking("bob").catch(() => "unavailable"));
    await vi.advanceTimersByTimeAsync(900);
    expect(new Set(await Promise.all(asked))).toEqual(new Set(["unavailable"]));
    expect(rooms.sums).toBe(1);
  });
});

test("rooms below take over what the root has summed up, and no older one", () => {
  const root = openBoard();
  root.write("q", { correct: ["a"] });
  root.board.setStandings(sumUp("q", [scored("ann", 1000)]), NOW + 1);
  const older = root.board.getUpdate(0);
  root.board.setStandings(sumUp("q", [scored("ann", 1000), scored("bob", 0)]), NOW + 2);
  const newer = root.board.getUpdate(0);
  const { board } = openBoard();
  for (const update of [newer, older, newer]) if (update) board.adopt(update, NOW + 3);
  expect(board.standings).toMatchObject({ people: { 1000: 1, 0: 1 }, best: [] });
  expect(root.board.getUpdate(root.board.revision)).not.toHaveProperty("standings");
  root.board.forgetInStandings("ann");
  expect(root.board.standings?.best).toContainEqual(scored(null, 1000));
});
