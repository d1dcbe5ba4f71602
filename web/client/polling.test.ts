import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Access, Api } from "./api.ts";
import type { RevintError } from "./error.ts";
import type { HeardMessage } from "./message.ts";
import { Polling } from "./polling.ts";

const access: Access = { sessionUid: "s", token: "t", uid: "u", role: "user", wsUrl: "ws://x" };

/** A service whose answers are the test's: what takes minutes can't wait for a real one. */
let answer: (path: string) => Promise<Response> | Response;
let asked: string[];

const healthy = (path: string): Response =>
  path === "state"
    ? Response.json({ page: "1", state: "", version: 3 })
    : Response.json({ pages: { "1": { "👍": 2 } }, total: 2, participants: 9 });

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answer = healthy;
  vi.stubGlobal("fetch", async (url: string) => {
    const path = url.slice(url.lastIndexOf("/") + 1);
    asked.push(path);
    return answer(path);
  });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function startPolling() {
  const heard: HeardMessage["type"][] = [];
  const ends: RevintError[] = [];
  const polling = new Polling(new Api("http://x"), access, {
    onMessage: ({ type }) => heard.push(type),
    onEnd: (error) => ends.push(error),
  });
  return { polling, heard, ends };
}

test("the state is asked for every 3 s, and the counts with the first and every fourth time", async () => {
  const { polling, heard } = startPolling();
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(["state_change", "reactions"]);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(asked.filter((path) => path === "state")).toHaveLength(5);
  expect(asked.filter((path) => path === "reactions")).toHaveLength(2);
  polling.close();
});

test("while nobody sees the page it is asked for every 30 s, and at once when it is looked at", async () => {
  vi.stubGlobal("document", { visibilityState: "hidden" });
  const { polling } = startPolling();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.filter((path) => path === "state")).toHaveLength(3);
  asked = [];
  polling.probe();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(["state", "reactions"]);
  polling.close();
});

test("a question that was lost while the page was frozen is not waited for, nor heard later", async () => {
  const { promise, resolve } = Promise.withResolvers<Response>();
  answer = () => promise;
  const { polling, heard, ends } = startPolling();
  await vi.advanceTimersByTimeAsync(0);
  answer = healthy;
  polling.probe();
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(["state_change", "reactions"]);
  resolve(Response.json({}, { status: 500 }));
  await vi.advanceTimersByTimeAsync(0);
  expect(ends).toEqual([]);
  polling.close();
});

test("counts that are missing end nothing, and a state that is refused ends it once", async () => {
  answer = (path) =>
    path === "state" ? healthy(path) : Response.json({ code: "unavailable" }, { status: 503 });
  const { heard, ends } = startPolling();
  await vi.advanceTimersByTimeAsync(3000);
  expect(heard).toEqual(["state_change", "state_change"]);
  answer = () => Response.json({ code: "session_ended" }, { status: 410 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ends).toMatchObject([{ code: "session_ended", status: 410 }]);
});

test("closed, it asks nothing more and nothing is heard of it", async () => {
  const { polling, heard, ends } = startPolling();
  polling.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([heard, ends]).toEqual([[], []]);
  expect(asked).toEqual(["state"]);
});
