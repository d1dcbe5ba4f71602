import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { cutWhenStalled } from "./cut-when-stalled.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An export of so many pages, and what became of it. */
function open(pages: number, beforeRead = async () => {}) {
  let page = 0;
  const canceled = vi.fn();
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (page === pages) controller.close();
        else controller.enqueue(Uint8Array.of(page++));
      },
      cancel: canceled,
    },
    { highWaterMark: 0 },
  );
  const onEnd = vi.fn();
  const reader = cutWhenStalled(body, { beforeRead, onEnd }).getReader();
  return { reader, onEnd, canceled };
}

test("who reads on gets all of it, however long it takes", async () => {
  const { reader, onEnd, canceled } = open(10);
  for (let page = 0; page < 10; page++) {
    expect((await reader.read()).value).toEqual(Uint8Array.of(page));
    await vi.advanceTimersByTimeAsync(LIMITS.stalledMs - 1);
  }
  expect((await reader.read()).done).toBe(true);
  expect(onEnd).toHaveBeenCalledOnce();
  expect(canceled).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test.each([0, 3])("who stops after %i pages is cut, and what was being read is let go", async (read) => {
  const { reader, onEnd, canceled } = open(10);
  for (let page = 0; page < read; page++) await reader.read();
  await vi.advanceTimersByTimeAsync(LIMITS.stalledMs - 1);
  expect(onEnd).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(onEnd).toHaveBeenCalledOnce();
  expect(canceled).toHaveBeenCalledOnce();
  await expect(reader.read()).rejects.toThrow("nobody reads on");
});

test("who goes away gives the place back at once", async () => {
  const { reader, onEnd, canceled } = open(10);
  await reader.read();
  await reader.cancel();
  expect(onEnd).toHaveBeenCalledOnce();
  expect(canceled).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test("who has lost the place reads no further", async () => {
  const beforeRead = vi.fn().mockResolvedValueOnce(undefined).mockRejectedValue(new Error("taken"));
  const { reader, onEnd, canceled } = open(10, beforeRead);
  await reader.read();
  await expect(reader.read()).rejects.toThrow("taken");
  expect(onEnd).toHaveBeenCalledOnce();
  expect(canceled).toHaveBeenCalledOnce();
});
