import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RevintError } from "./error.ts";
import { StateSender } from "./state-sender.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A service that answers when told to, and counts versions. */
function createService() {
  const sent: string[] = [];
  const waiting: { resolve(version: number): void; reject(error: RevintError): void }[] = [];
  let version = 0;
  return {
    sent,
    sender: new StateSender((page) => {
      sent.push(page);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    }),
    answer: () => waiting.shift()?.resolve(++version),
    refuse: (code: RevintError["code"]) => waiting.shift()?.reject(new RevintError(code, "")),
  };
}

test("while one is on its way only the newest waits, and those between share its version", async () => {
  const { sender, sent, answer } = createService();
  const versions = Promise.all(["1", "2", "3", "4"].map((page) => sender.set(page, "")));
  expect(sent).toEqual(["1"]);
  answer();
  await vi.waitFor(() => expect(sent).toEqual(["1", "4"]));
  answer();
  expect(await versions).toEqual([1, 2, 2, 2]);
});

test("what could not be sent is sent again, unless there is a newer one", async () => {
  const { sender, sent, answer, refuse } = createService();
  const first = sender.set("1", "");
  refuse("network");
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
  const second = sender.set("2", "");
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual(["1", "2"]);
  refuse("unavailable");
  await vi.advanceTimersByTimeAsync(2000);
  answer();
  expect(await Promise.all([first, second])).toEqual([1, 1]);
});

test("a wake ends the wait", async () => {
  const { sender, sent, answer, refuse } = createService();
  const version = sender.set("1", "");
  refuse("network");
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
  sender.wake();
  await vi.waitFor(() => expect(sent).toEqual(["1", "1"]));
  answer();
  expect(await version).toBe(1);
});

test("what is refused for good rejects, and the next one goes out", async () => {
  const { sender, answer, refuse } = createService();
  const first = sender.set("1", "");
  const second = sender.set("2", "");
  refuse("invalid_request");
  await expect(first).rejects.toMatchObject({ code: "invalid_request" });
  answer();
  expect(await second).toBe(1);
});

test("closing rejects what waits and what comes later, and stops every timer", async () => {
  const { sender, refuse } = createService();
  const waiting = sender.set("1", "");
  refuse("network");
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
  sender.close(new RevintError("session_ended", ""));
  await expect(waiting).rejects.toMatchObject({ code: "session_ended" });
  await expect(sender.set("2", "")).rejects.toMatchObject({ code: "session_ended" });
  expect(vi.getTimerCount()).toBe(0);
});

test.each([-120_000, 120_000])("a clock that steps by %d ms lets nothing wait longer", async (step) => {
  const { sender, sent, answer, refuse } = createService();
  const version = sender.set("1", "");
  refuse("network");
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
  vi.setSystemTime(Date.now() + step);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual(["1", "1"]);
  answer();
  expect(await version).toBe(1);
});
