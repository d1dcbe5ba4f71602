import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSql } from "../../session-store/test-storage.ts";
import { type Job, JobFailure, type JobRules } from "./job.ts";
import { JobQueue } from "./job-queue.ts";

const RULES: JobRules = {
  depth: 3,
  attempts: 3,
  waits: [1000, 5000],
  longestWait: 60_000,
  timeLimit: 10_000,
  deaths: 2,
};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Does what it is told, and remembers what it was asked. */
const createWorker = (run: (job: Job, signal: AbortSignal) => Promise<void> = async () => {}) => {
  const ran: string[] = [];
  const failed: [string, string][] = [];
  return {
    ran,
    failed,
    run(job: Job, signal: AbortSignal) {
      ran.push(job.key);
      return run(job, signal);
    },
    fail(job: Job, error: unknown) {
      failed.push([job.key, String(error)]);
    },
  };
};

test("jobs are done in the order in which they came, one for each key", async () => {
  const queue = new JobQueue(createSql(), RULES);
  const worker = createWorker();
  for (const key of ["b", "a", "b"]) queue.add(key);
  expect(["b", "a", "c"].map((key) => queue.getPosition(key))).toEqual([0, 1, undefined]);
  while (await queue.work(worker));
  expect(worker.ran).toEqual(["b", "a"]);
  expect(queue.wakeAt).toBeUndefined();
});

test("a full queue takes no more, but those it has are still there", () => {
  const queue = new JobQueue(createSql(), RULES);
  for (const key of ["a", "b", "c"]) expect(queue.add(key)).toBeDefined();
  expect(queue.add("d")).toBeUndefined();
  expect(queue.add("a")).toBeDefined();
});

test("what fails is tried again after growing waits, and in the end told once", async () => {
  const queue = new JobQueue(createSql(), RULES);
  const worker = createWorker(async () => {
    throw new Error("no");
  });
  queue.add("a");
  await queue.work(worker);
  expect(queue.wakeAt).toBe(Date.now() + 1000);
  expect(await queue.work(worker)).toBe(false);
  vi.advanceTimersByTime(1000);
  await queue.work(worker);
  expect(queue.wakeAt).toBe(Date.now() + 5000);
  vi.advanceTimersByTime(5000);
  await queue.work(worker);
  expect(worker.failed).toEqual([["a", "Error: no"]]);
  expect(queue.length).toBe(0);
});

test("while one waits to be tried again, the next one has its turn", async () => {
  const queue = new JobQueue(createSql(), RULES);
  const worker = createWorker(async ({ key }) => {
    if (key === "a") throw new JobFailure("later", { retryAfter: 30_000 });
  });
  queue.add("a");
  queue.add("b");
  await queue.work(worker);
  await queue.work(worker);
  expect(worker.ran).toEqual(["a", "b"]);
  expect(queue.wakeAt).toBe(Date.now() + 30_000);
});

test("a wait that a failure asks for has a bound", async () => {
  const queue = new JobQueue(createSql(), RULES);
  queue.add("a");
  await queue.work(
    createWorker(async () => {
      throw new JobFailure("tomorrow", { retryAfter: 86_400_000 });
    }),
  );
  expect(queue.wakeAt).toBe(Date.now() + RULES.longestWait);
});

test("what another attempt can't mend fails at once", async () => {
  const queue = new JobQueue(createSql(), RULES);
  const worker = createWorker(async () => {
    throw new JobFailure("the key is wrong", { isFinal: true });
  });
  queue.add("a");
  await queue.work(worker);
  expect(worker.failed).toHaveLength(1);
});

test("an attempt that never ends is ended, and counts as failed", async () => {
  const queue = new JobQueue(createSql(), RULES);
  const signals: AbortSignal[] = [];
  const worker = createWorker((_, signal) => {
    signals.push(signal);
    return new Promise(() => {});
  });
  queue.add("a");
  const working = queue.work(worker);
  await vi.advanceTimersByTimeAsync(RULES.timeLimit);
  expect(await working).toBe(true);
  expect(signals[0]?.aborted).toBe(true);
  expect(queue.find("a")?.attempts).toBe(1);
});

test("a cancelled job is gone at once, told so while it runs, and neither failed nor done", async () => {
  const queue = new JobQueue(createSql(), RULES);
  const worker = createWorker(() => new Promise(() => {}));
  queue.add("a");
  const working = queue.work(worker);
  queue.cancel("a");
  await working;
  expect(worker.failed).toEqual([]);
  expect(queue.length).toBe(0);
});

test("a job that is asked for anew while the cancelled one ends stays", async () => {
  const queue = new JobQueue(createSql(), RULES);
  const worker = createWorker(() => new Promise(() => {}));
  queue.add("a");
  const working = queue.work(worker);
  queue.cancel("a");
  queue.add("a");
  await working;
  expect(queue.length).toBe(1);
});

test("a job survives its object, and one that ends every life fails instead of ending them all", async () => {
  const sql = createSql();
  const endless = createWorker(() => new Promise(() => {}));
  new JobQueue(sql, RULES).add("a");
  for (let life = 0; life < RULES.deaths; life++) void new JobQueue(sql, RULES).work(endless);
  const queue = new JobQueue(sql, { ...RULES, attempts: 1 });
  const worker = createWorker();
  await queue.work(worker);
  expect(worker.ran).toEqual([]);
  expect(worker.failed).toHaveLength(1);
});
