import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TimelineAnswer } from "../../shared/protocol/timeline.ts";
import { invalidateTimelines, tellTimeline } from "./timeline-cache.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Who waits looks again and again. */
async function settled<T>(answers: Promise<T>): Promise<T> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  answers.then(end, end);
  while (!isOver) await vi.advanceTimersByTimeAsync(20);
  return answers;
}

let sessions = 0;

/** A session whose timeline says how often it was read. */
function open({ hash = `session-${++sessions}`, isOpen = true, title = "", readMs = 0 } = {}) {
  let total = 0;
  const read = async () => {
    const number = ++total;
    await vi.advanceTimersByTimeAsync(readMs);
    const page = { page: "1", title, dwell: [], total: number, buckets: [] };
    const timeline: TimelineAnswer = {
      ...{ from: 0, until: 0, bucket: 1, endedAt: null },
      ...{ total: number, pages: [page], people: [], moments: [] },
    };
    return { timeline, isOpen };
  };
  const ask = async (bucket?: number, isFresh = false): Promise<number> =>
    JSON.parse(await tellTimeline(hash, bucket, isFresh, read)).total;
  return { hash, ask };
}

test("what everyone may see is read once in five seconds, for each bucket", async () => {
  const { ask } = open();
  expect([await ask(), await ask(), await ask(60), await ask(60)]).toEqual([1, 1, 2, 2]);
  vi.advanceTimersByTime(4999);
  expect(await ask()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await ask()).toBe(3);
});

test("the five seconds begin before it is read", async () => {
  const { ask } = open({ readMs: 3000 });
  await ask();
  vi.advanceTimersByTime(1999);
  expect(await ask()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await ask()).toBe(2);
});

test("a host reads what is there, and the others hear it", async () => {
  const { ask } = open();
  expect([await ask(), await ask(undefined, true), await ask()]).toEqual([1, 2, 2]);
});

test("what not everyone may see is not kept", async () => {
  const { ask } = open({ isOpen: false });
  expect([await ask(), await ask()]).toEqual([1, 2]);
});

test("what is forgotten is read anew, other sessions' is not", async () => {
  const [one, other] = [open(), open()];
  await Promise.all([one.ask(), one.ask(60), other.ask()]);
  invalidateTimelines(one.hash);
  expect([await one.ask(), await one.ask(60), await other.ask()]).toEqual([3, 4, 1]);
});

test("what was forgotten while it was read is not kept", async () => {
  const { hash, ask } = open({ readMs: 10 });
  const asked = ask();
  invalidateTimelines(hash);
  expect([await asked, await ask()]).toEqual([1, 2]);
});

test("one that is very large is not kept", async () => {
  const { ask } = open({ title: "x".repeat(200_000) });
  expect([await ask(), await ask()]).toEqual([1, 2]);
});

test("a hundred are kept, the newest", async () => {
  const { ask } = open();
  for (let bucket = 1; bucket <= 101; bucket++) await ask(bucket);
  expect(await ask(2)).toBe(2);
  expect(await ask(1)).toBe(102);
});

test("all who ask while it is read share one reading", async () => {
  const { ask } = open({ readMs: 10 });
  expect(await settled(Promise.all([ask(), ask(), ask(), ask(60)]))).toEqual([1, 1, 1, 2]);
});

test("who asks after it was forgotten shares nothing of before", async () => {
  const { hash, ask } = open({ readMs: 10 });
  const before = ask();
  invalidateTimelines(hash);
  expect(await settled(Promise.all([before, ask(), ask()]))).toEqual([1, 2, 2]);
});

test("a reading that never ends is waited for five seconds, and then read by one of those who wait", async () => {
  const hash = `session-${++sessions}`;
  void tellTimeline(hash, undefined, false, () => new Promise(() => {}));
  const { ask } = open({ hash });
  const answers = Promise.all([ask(), ask(), ask()]);
  await vi.advanceTimersByTimeAsync(4990);
  expect(await Promise.race([answers, "waiting"])).toBe("waiting");
  expect(await settled(answers)).toEqual([1, 1, 1]);
});

test("a reading that fails is not shared with who asks later", async () => {
  const hash = `session-${++sessions}`;
  const failing = () => tellTimeline(hash, undefined, false, () => Promise.reject(new Error("no answer")));
  await expect(settled(Promise.all([failing(), failing()]))).rejects.toThrow("no answer");
  expect(await open({ hash }).ask()).toBe(1);
});

test("what one who asks is refused, the others who wait for it are not", async () => {
  const hash = `session-${++sessions}`;
  const sentOut = Promise.withResolvers<never>();
  const refused = tellTimeline(hash, undefined, false, () => sentOut.promise);
  const { ask } = open({ hash });
  const answers = [ask(), ask()];
  sentOut.reject(new Error("sent out"));
  await expect(refused).rejects.toThrow("sent out");
  expect(await settled(Promise.all(answers))).toEqual([1, 1]);
});
