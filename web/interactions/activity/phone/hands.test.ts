import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Hands } from "./hands.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** As much of a page as hands touch. */
class Page extends EventTarget {
  activeElement: { matches(): boolean } | null = null;

  do(what: string): void {
    this.dispatchEvent(new Event(what));
  }
}

function createHands() {
  const page = new Page();
  const done: string[] = [];
  const hands = new Hands(page);
  return { page, done, wait: (what: string) => hands.whenResting(() => done.push(what)) };
}

test("hands that have done nothing are at rest", () => {
  const { done, wait } = createHands();
  wait("a");
  expect(done).toEqual(["a"]);
});

test("what waits for hands that tap again and again comes a moment after the last tap, and only the last of it", () => {
  const { page, done, wait } = createHands();
  page.do("pointerdown");
  wait("a");
  for (let taps = 0; taps < 10; taps++) {
    vi.advanceTimersByTime(800);
    page.do("pointerdown");
  }
  wait("b");
  expect(done).toEqual([]);
  vi.advanceTimersByTime(1200);
  expect(done).toEqual(["b"]);
});

test("whoever is in a text field may think for a minute, and is done when they leave it", () => {
  const { page, done, wait } = createHands();
  page.activeElement = { matches: () => true };
  page.do("input");
  wait("a");
  vi.advanceTimersByTime(59_000);
  expect(done).toEqual([]);
  page.activeElement = null;
  page.do("focusout");
  expect(done).toEqual(["a"]);
  page.activeElement = { matches: () => true };
  page.do("input");
  wait("b");
  vi.advanceTimersByTime(60_000);
  expect(done).toEqual(["a", "b"]);
});
