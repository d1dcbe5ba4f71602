import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { Ranking } from "../../../../shared/interactions/activity/ranking.ts";
import { type ErrorCode, RevintError } from "../../../client/error.ts";
import { createStore } from "../../../ui/store.ts";
import type { DeckExtras } from "../../slots.ts";
import { RankingReader } from "./ranking-reader.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Longer than anybody waits before they ask, and less than all tries together. */
const SOON = 2500;
const ALL_TRIES = 60_000;

function question(id: string, given: Partial<LiveActivity> = {}): LiveActivity {
  const standing = { status: "closed", round: 1, revealed: true, show: "closed", change: true } as const;
  const options = [
    { id: "a", text: "A" },
    { id: "b", text: "B" },
  ];
  return {
    ...{ id, kind: "choice", prompt: "Which?", options, multiple: 1, correct: ["a"], ...standing },
    ...given,
  } as LiveActivity;
}

/** A deck whose ranking has as many people as it was asked for it. */
function open(isLeading = true) {
  const store = createStore<DeckExtras>({
    ...{ activities: [], tallies: {}, earlier: {}, told: [], advice: [], hint: undefined },
    ...{ ranking: undefined, questions: undefined, ahead: 0 },
  });
  const asked: string[] = [];
  const failures: ErrorCode[] = [];
  const answers: ((ranking: Ranking) => void)[] = [];
  let isSlow = false;
  const reader = new RankingReader({
    store,
    isLeading,
    read: async (id) => {
      asked.push(id);
      const people = asked.length;
      const failure = failures.shift();
      if (failure) throw new RevintError(failure, "no");
      return isSlow ? new Promise((resolve) => answers.push(resolve)) : { top: [], people };
    },
  });
  return {
    ...{ store, reader, asked, failures, answers },
    getPeople: () => store.get().ranking?.people,
    hear: (...activities: LiveActivity[]) => store.set({ activities }),
    slowDown: () => {
      isSlow = true;
    },
  };
}

test("the ranking is read when its slide is reached, and whenever another question counts meanwhile", async () => {
  const { reader, asked, hear, getPeople } = open();
  const other = {};
  reader.move(other, false);
  hear(question("one"), question("two", { revealed: false }));
  await vi.advanceTimersByTimeAsync(SOON);
  expect(asked).toEqual([]);
  const slide = {};
  reader.move(slide, true);
  await vi.advanceTimersByTimeAsync(SOON);
  // Fragments of the same slide.
  reader.move(slide, true);
  hear(question("one"), question("two", { revealed: false, prompt: "Which one?" }));
  await vi.advanceTimersByTimeAsync(SOON);
  expect([asked, getPeople()]).toEqual([["one"], 1]);
  hear(question("one"), question("two"));
  await vi.advanceTimersByTimeAsync(SOON);
  expect([asked.length, getPeople()]).toEqual([2, 2]);
  reader.move(other, false);
  reader.move(slide, true);
  await vi.advanceTimersByTimeAsync(SOON);
  expect([asked.length, getPeople()]).toEqual([3, 3]);
});

test("it is forgotten once nothing counts any more, and polls do not count", async () => {
  const { reader, asked, hear, getPeople } = open();
  hear(question("one"));
  reader.move({}, true);
  await vi.advanceTimersByTimeAsync(SOON);
  expect(getPeople()).toBe(1);
  hear(
    question("one", { status: "draft", round: 0, revealed: false }),
    question("poll", { correct: undefined }),
  );
  await vi.advanceTimersByTimeAsync(SOON);
  expect([asked.length, getPeople()]).toEqual([1, undefined]);
});

test("what does not get through is asked again, and what is refused is not", async () => {
  const { reader, asked, failures, hear, getPeople } = open();
  hear(question("one"));
  failures.push("network", "unavailable");
  reader.move({}, true);
  await vi.advanceTimersByTimeAsync(ALL_TRIES);
  expect([asked.length, getPeople()]).toEqual([3, 3]);
  failures.push("not_public");
  reader.move({}, true);
  await vi.advanceTimersByTimeAsync(ALL_TRIES);
  expect([asked.length, getPeople()]).toEqual([4, 3]);
  failures.push(...Array.from({ length: 20 }, () => "network"));
  reader.move({}, true);
  await vi.advanceTimersByTimeAsync(ALL_TRIES);
  expect(asked.length).toBe(9);
});

test("an answer to an earlier question changes nothing, and none comes after the end", async () => {
  const { reader, answers, hear, getPeople, slowDown } = open();
  slowDown();
  hear(question("one"));
  reader.move({}, true);
  await vi.advanceTimersByTimeAsync(0);
  hear(question("one"), question("two"));
  await vi.advanceTimersByTimeAsync(0);
  answers[1]?.({ top: [], people: 2 });
  answers[0]?.({ top: [], people: 1 });
  await vi.advanceTimersByTimeAsync(0);
  expect(getPeople()).toBe(2);
  reader.move({}, true);
  await vi.advanceTimersByTimeAsync(0);
  reader.stop();
  answers[2]?.({ top: [], people: 3 });
  await vi.advanceTimersByTimeAsync(0);
  expect(getPeople()).toBe(2);
});

test("those who follow do not ask all at once", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const { reader, asked, hear } = open(false);
  hear(question("one"));
  reader.move({}, true);
  await vi.advanceTimersByTimeAsync(999);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual(["one"]);
  vi.restoreAllMocks();
});
