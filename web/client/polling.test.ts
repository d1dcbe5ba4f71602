import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Access, Api } from "./api.ts";
import type { RevintError } from "./error.ts";
import type { HeardMessage } from "./message.ts";
import { Polling } from "./polling.ts";

const access: Access = { sessionUid: "s", token: "t", uid: "u", role: "user", wsUrl: "ws://x" };

/** A service whose answers are the test's: what takes minutes can't wait for a real one. */
let answer: (path: string) => Promise<Response> | Response;
let asked: string[];

const healthy = (path: string): Response => {
  if (path === "state") return Response.json({ page: "1", state: "", version: 3 });
  if (path === "activities") return Response.json({ activities: [] });
  if (path.startsWith("questions")) return Response.json({ questions: [], total: 0 });
  return Response.json({ pages: { "1": { "👍": 2 } }, total: 2, participants: 9 });
};

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

function startPolling(as = access) {
  const heard: HeardMessage["type"][] = [];
  const messages: HeardMessage[] = [];
  const ends: RevintError[] = [];
  const polling = new Polling(new Api("http://x"), as, {
    onMessage: (message) => {
      heard.push(message.type);
      messages.push(message);
    },
    onEnd: (error) => ends.push(error),
  });
  return { polling, heard, messages, ends };
}

/** What a first question is answered. */
const GREETING: HeardMessage["type"][] = ["state_change", "activities", "tallies", "reactions", "questions"];

test("the state is asked for every 3 s, activities every second time, and counts and questions every fourth", async () => {
  const { polling, heard } = startPolling();
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(GREETING);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(asked.filter((path) => path === "state")).toHaveLength(5);
  expect(asked.filter((path) => path === "activities")).toHaveLength(3);
  expect(asked.filter((path) => path === "reactions")).toHaveLength(2);
  expect(asked.filter((path) => path === "questions")).toHaveLength(2);
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
  expect(asked).toEqual(["state", "activities", "reactions", "questions"]);
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
  expect(heard).toEqual(GREETING);
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

test("activities are told as on a pipe: all of them, without what only this person is told", async () => {
  const activity = {
    ...{
      id: "a",
      kind: "text",
      prompt: "?",
      show: "live",
      change: true,
      status: "open",
      round: 1,
      revealed: false,
    },
  };
  const tally = { round: 1, people: 2, counts: {} };
  const all = [
    { ...activity, tally, rounds: [], mine: "x" },
    { ...activity, id: "b", rounds: [] },
  ];
  answer = (path) => (path === "activities" ? Response.json({ activities: all }) : healthy(path));
  const { polling, messages } = startPolling();
  await vi.advanceTimersByTimeAsync(0);
  expect(messages.slice(1, 3)).toEqual([
    { type: "activities", activities: [activity, { ...activity, id: "b" }], whole: true },
    { type: "tallies", tallies: { a: tally } },
  ]);
  polling.close();
});

test("a user is told the first page of questions as on a pipe, and a host all of them", async () => {
  const question = { id: "a", text: "?", at: 1, votes: 3, status: "published", pinned: false };
  const pages = new Map([
    ["questions", { questions: [{ ...question, mine: false, voted: true }], total: 2, cursor: "next" }],
    ["questions?cursor=next", { questions: [{ ...question, id: "b", mine: true, voted: false }], total: 2 }],
  ]);
  answer = (path) => (pages.has(path) ? Response.json(pages.get(path)) : healthy(path));
  const user = startPolling();
  await vi.advanceTimersByTimeAsync(0);
  const told = { type: "questions", total: 2, whole: true };
  expect(user.messages.at(-1)).toEqual({ ...told, questions: [question] });
  user.polling.close();
  const host = startPolling({ ...access, role: "host" });
  await vi.advanceTimersByTimeAsync(0);
  const all = [question, { ...question, id: "b", mine: true }];
  expect(host.messages.at(-1)).toEqual({ ...told, questions: all });
  host.polling.close();
});

test("closed, it asks nothing more and nothing is heard of it", async () => {
  const { polling, heard, ends } = startPolling();
  polling.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([heard, ends]).toEqual([[], []]);
  expect(asked).toEqual(["state"]);
});
