import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { StillList } from "./still-list.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const question = (id: string, given: Partial<LiveQuestion> = {}): LiveQuestion => ({
  ...{ id, text: id, at: 0, votes: 0, status: "published", pinned: false },
  ...given,
});
const [a, b, c] = [question("a"), question("b"), question("c")];

function createList() {
  const hands = { isFocused: false };
  let moves = 0;
  const list = new StillList({ isFocused: () => hands.isFocused, beforeMove: () => moves++ });
  list.hear([a, b]);
  const look = () => {
    const { questions, gone, waiting } = list.shown.get();
    return [questions.map(({ id }) => id).join(""), [...gone].join(""), waiting];
  };
  return { list, look, hands, count: () => moves };
}

test("what is different shows at once where nobody has a finger on it", () => {
  const { list, look, count } = createList();
  list.hear([b, a, c]);
  expect(look()).toEqual(["bac", "", 0]);
  expect(count()).toBe(2);
});

test("under a finger nothing moves: what is different is counted, and comes two seconds after the last touch", () => {
  const { list, look } = createList();
  list.touch();
  list.hear([c, b, { ...a, answer: "Because." }]);
  expect(look()).toEqual(["ab", "", 2]);
  vi.advanceTimersByTime(1900);
  list.touch();
  vi.advanceTimersByTime(1900);
  expect(look()).toEqual(["ab", "", 2]);
  vi.advanceTimersByTime(100);
  expect(look()).toEqual(["cba", "", 0]);
});

test("votes are counted under a finger too, and what is taken away keeps its place and nothing else", () => {
  const { list, look } = createList();
  list.touch();
  list.hear([{ ...b, votes: 7 }]);
  expect(look()).toEqual(["ab", "a", 1]);
  expect(list.shown.get().questions[1]?.votes).toBe(7);
  list.settle();
  expect(look()).toEqual(["b", "", 0]);
});

test("what goes and comes back meanwhile was no change", () => {
  const { list, look } = createList();
  list.touch();
  list.hear([b]);
  list.hear([a, b]);
  expect(look()).toEqual(["ab", "", 0]);
});

test("a keyboard in the list holds it until it leaves", () => {
  const { list, look, hands } = createList();
  hands.isFocused = true;
  list.hear([b, a]);
  vi.advanceTimersByTime(60_000);
  expect(look()).toEqual(["ab", "", 1]);
  hands.isFocused = false;
  list.touch();
  vi.advanceTimersByTime(2000);
  expect(look()).toEqual(["ba", "", 0]);
});

test("whoever wants to see it now does", () => {
  const { list, look } = createList();
  list.touch();
  list.hear([b, a]);
  list.settle();
  expect(look()).toEqual(["ba", "", 0]);
});
