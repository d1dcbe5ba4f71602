import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Notices } from "./notices.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const say = (notices: Notices, text: string) => notices.add({ text, at: Date.now() });
const read = ({ view }: Notices) => view.get().shown.map(({ text }) => text);

test("a notice stands for some seconds, and goes by itself", () => {
  const notices = new Notices();
  say(notices, "Ten questions wait.");
  vi.advanceTimersByTime(10_000);
  expect(read(notices)).toEqual(["Ten questions wait."]);
  vi.advanceTimersByTime(5000);
  expect(read(notices)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test("each goes at its time, also where two say the same", () => {
  const notices = new Notices();
  say(notices, "Slow down.");
  vi.advanceTimersByTime(10_000);
  say(notices, "Slow down.");
  expect(read(notices)).toEqual(["Slow down.", "Slow down."]);
  vi.advanceTimersByTime(5000);
  expect(read(notices)).toEqual(["Slow down."]);
});

test("of many at once the newest three stand", () => {
  const notices = new Notices();
  for (const text of ["1", "2", "3", "4", "5"]) say(notices, text);
  expect(read(notices)).toEqual(["3", "4", "5"]);
  vi.advanceTimersByTime(15_000);
  expect(read(notices)).toEqual([]);
});
