import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTestDataset } from "../lib/test-dataset.ts";
import { SessionMetrics } from "./session-metrics.ts";
import { beginSession, createFacts, NOW } from "./test-session.ts";
import { MemoryKv } from "./test-storage.ts";

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A root, which may die: the next life has the same storage. */
function create(state = beginSession(), { env, points } = createTestDataset()) {
  const storage = new MemoryKv();
  const start = () =>
    new SessionMetrics({ env, storage, state, countPeople: () => 212, countRooms: () => 3 });
  return { start, points, storage };
}

test("a session says that it lives once in five minutes, however much happens and however often its root starts", () => {
  const { start, points } = create();
  for (let second = 0; second < 300; second += 10) {
    start().note();
    vi.advanceTimersByTime(10_000);
  }
  // Those five minutes may lie in two spans.
  expect(points.length).toBeLessThanOrEqual(2);
  expect(points[0]).toEqual({
    index: "session-store session",
    blobs: ["session-store", "session", "", "", ""],
    doubles: [0, 212, 3],
  });
  const before = points.length;
  vi.advanceTimersByTime(60 * MINUTE_MS);
  const root = start();
  root.note();
  root.note();
  expect(points).toHaveLength(before + 1);
});

test("one that is over, or was never there, says nothing", () => {
  const ended = create(beginSession(createFacts({}, { endedAt: NOW })));
  ended.start().note();
  expect([ended.points, ended.storage.toJSON()]).toEqual([[], {}]);
});

test("where there is no dataset, nothing is written, nor kept", () => {
  const { start, storage } = create(beginSession(), { env: {}, points: [] });
  start().note();
  expect(storage.toJSON()).toEqual({});
});
