import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LookAgain } from "./look-again.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const look = vi.fn<() => Promise<number | undefined>>();
beforeEach(() => void look.mockReset().mockResolvedValue(undefined));

test("without a hint, and with nothing due, nobody looks", async () => {
  const looking = new LookAgain(look);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(look).not.toHaveBeenCalled();
  looking.stop();
});

test("after a hint it looks for some seconds, and no longer", async () => {
  const looking = new LookAgain(look);
  looking.hint();
  await vi.advanceTimersByTimeAsync(10_000);
  const times = look.mock.calls.length;
  expect(times).toBeGreaterThan(2);
  expect(vi.getTimerCount()).toBe(0);
  looking.stop();
});

test("hints that come all the time delay no look, and make none more", async () => {
  const looking = new LookAgain(look);
  for (let at = 0; at < 30_000; at += 100) {
    looking.hint();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(look.mock.calls.length).toBeGreaterThan(15);
  expect(look.mock.calls.length).toBeLessThanOrEqual(20);
  looking.stop();
});

test("what is due is looked for then, also after a look that failed", async () => {
  look.mockResolvedValueOnce(30_000).mockRejectedValueOnce(new Error("out of reach"));
  const looking = new LookAgain(look);
  looking.expect(1000);
  await vi.advanceTimersByTimeAsync(1000);
  expect(look).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(look).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(5000);
  expect(look).toHaveBeenCalledTimes(3);
  expect(vi.getTimerCount()).toBe(0);
  looking.stop();
});

test("stopped, it looks never again", async () => {
  const looking = new LookAgain(look);
  looking.hint();
  looking.stop();
  looking.hint();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(look).not.toHaveBeenCalled();
});
