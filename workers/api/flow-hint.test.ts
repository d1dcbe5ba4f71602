import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hint } from "./flow-hint.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("scheduler", { wait: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Whoever runs flows, and when it was woken, in milliseconds from now. */
function createRunner() {
  const start = Date.now();
  const woken: number[] = [];
  const wake = async () => void woken.push(Date.now() - start);
  return { woken, wake };
}

test("whoever runs flows is woken at once, and again when what people send has become an event", async () => {
  const { woken, wake } = createRunner();
  void hint("one", wake);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(woken).toEqual([0, 3000]);
});

test("however many react within a second, it is woken twice", async () => {
  const { woken, wake } = createRunner();
  for (let reaction = 0; reaction < 500; reaction++) {
    void hint("many", wake);
    if (reaction % 50 === 0) await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(woken).toEqual([0, 3000]);
});

test("each session is woken for itself", async () => {
  const [a, b] = [createRunner(), createRunner()];
  void hint("a", a.wake);
  void hint("b", b.wake);
  await vi.advanceTimersByTimeAsync(0);
  expect([a.woken, b.woken]).toEqual([[0], [0]]);
});

test("one that does not answer is hinted at again by the next request", async () => {
  const { woken, wake } = createRunner();
  const out = async () => {
    throw new Error("out");
  };
  await expect(hint("out", out)).rejects.toThrow("out");
  await vi.advanceTimersByTimeAsync(1000);
  void hint("out", wake);
  await vi.advanceTimersByTimeAsync(5000);
  expect(woken).toEqual([1000, 4000]);
});
