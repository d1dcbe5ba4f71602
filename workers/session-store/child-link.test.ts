import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ChildLink, type Topics } from "./child-link.ts";
import { createGate } from "./test-session.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A link to a child that confirms, or fails as long as it is told to. */
function create() {
  const sent: ("whole" | string[])[] = [];
  const child = { isOut: false, answer: Promise.resolve(), hear: () => {} };
  const link = new ChildLink(1, async (topics: Topics) => {
    sent.push(topics === "whole" ? "whole" : [...topics]);
    await child.answer;
    if (child.isOut) throw new Error("out");
    child.hear();
  });
  return { link, child, sent };
}

test("what is enqueued while a call is on its way goes with the next one, together", async () => {
  const { link, child, sent } = create();
  const gate = createGate<void>();
  child.answer = gate.promise;
  link.enqueue(["a"]);
  link.enqueue(["b"]);
  link.enqueue(["c", "b"]);
  expect([sent, link.isBehind]).toEqual([[["a"]], true]);
  gate.open();
  await link.settled();
  expect([sent, link.isBehind]).toEqual([[["a"], ["b", "c"]], false]);
});

test("with everything, single topics need not be named", async () => {
  const { link, sent } = create();
  link.enqueue();
  link.enqueue(["a"]);
  link.enqueue("whole");
  link.enqueue(["b"]);
  await link.settled();
  expect(sent).toEqual([[], "whole"]);
});

test("after a failure the child hears the same once more, with what has come up", async () => {
  const { link, child, sent } = create();
  child.isOut = true;
  link.confirmed = "1";
  link.enqueue(["a"]);
  await vi.advanceTimersByTimeAsync(0);
  child.isOut = false;
  link.enqueue(["b"]);
  await vi.advanceTimersByTimeAsync(100);
  expect([sent, link.confirmed, link.isBehind]).toEqual([[["a"], ["a", "b"]], "1", false]);
});

test("after a second one it hears everything, as soon as it can be reached", async () => {
  const { link, child, sent } = create();
  child.isOut = true;
  link.confirmed = "1";
  link.enqueue(["a"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(link.confirmed).toBeUndefined();
  expect(link.isBehind).toBe(true);
  child.isOut = false;
  await vi.advanceTimersByTimeAsync(200);
  expect([sent, link.isBehind]).toEqual([[["a"], ["a"], "whole"], false]);
  link.enqueue(["b"]);
  await link.settled();
  expect(sent.at(-1)).toEqual(["b"]);
});

test("it waits longer after each failure, five seconds at most, and begins anew after a success", async () => {
  const { link, child, sent } = create();
  const waitForNext = async () => {
    const [start, before] = [Date.now(), sent.length];
    while (sent.length === before) await vi.advanceTimersByTimeAsync(100);
    return Date.now() - start;
  };
  child.isOut = true;
  link.enqueue();
  const waits: number[] = [];
  for (let wait = 0; wait < 8; wait++) waits.push(await waitForNext());
  expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000]);
  // It hears one, and is out again for what came up meanwhile.
  child.isOut = false;
  child.hear = () => {
    link.enqueue();
    child.isOut = true;
  };
  await waitForNext();
  expect(await waitForNext()).toBe(100);
});

test("while nothing is enqueued there is no timer, and everything is settled", async () => {
  const { link } = create();
  await link.settled();
  expect([link.isBehind, vi.getTimerCount()]).toEqual([false, 0]);
});
