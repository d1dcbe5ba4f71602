import { createId } from "../random.ts";
import { Job, JobCancelled, JobFailure, type JobRules, JobTimeout } from "./job.ts";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    deaths INTEGER NOT NULL DEFAULT 0,
    notBefore INTEGER NOT NULL DEFAULT 0,
    running INTEGER NOT NULL DEFAULT 0
  )`;

const FIELDS = "key, id, attempts, deaths";

/** What whoever has jobs does with them. */
export interface JobWorker {
  /** Does the job. Once its signal says so, it is for nothing: what comes later is not heard. */
  run(job: Job, signal: AbortSignal): Promise<void>;
  /** The job has failed for good, and is gone from the queue in the same turn: what is written here is written with it. */
  fail(job: Job, error: unknown): void;
}

/**
 * Jobs of one object, in the order in which they came: one for each key, one at a time. They stand in SQLite, so that
 * they outlive the object. The queue says when it next wants to be woken; the object has the alarm.
 */
export class JobQueue {
  readonly #sql: SqlStorage;
  readonly #rules: JobRules;
  #running: { readonly job: Job; readonly controller: AbortController } | undefined;

  constructor(sql: SqlStorage, rules: JobRules) {
    this.#sql = sql;
    this.#rules = rules;
    sql.exec(SCHEMA);
    // A life before this one ended in the middle of it.
    sql.exec("UPDATE jobs SET running = 0, deaths = deaths + 1 WHERE running = 1");
  }

  /**
   * Keeps a job, unless its key has one already.
   * @returns undefined where the queue is full
   */
  add(key: string): Job | undefined {
    const known = this.find(key);
    if (known) return known;
    if (this.length >= this.#rules.depth) return undefined;
    this.#sql.exec("INSERT INTO jobs (key, id) VALUES (?1, ?2)", key, createId());
    return this.find(key);
  }

  find(key: string): Job | undefined {
    const [row] = this.#sql.exec(`SELECT ${FIELDS} FROM jobs WHERE key = ?1`, key).toArray();
    return row && Job.parse(row);
  }

  /** How many come before it. */
  getPosition(key: string): number | undefined {
    const query =
      "SELECT (SELECT count(*) FROM jobs AS others WHERE others.seq < jobs.seq) AS before FROM jobs WHERE key = ?1";
    const [row] = this.#sql.exec(query, key).toArray();
    return row && Number(row.before);
  }

  get length(): number {
    return Number(this.#sql.exec("SELECT count(*) AS length FROM jobs").one().length);
  }

  isRunning(key: string): boolean {
    return this.#running?.job.key === key;
  }

  /** Nobody wants it any more: it is gone at once, and what runs of it is told. */
  cancel(key: string): void {
    this.#sql.exec("DELETE FROM jobs WHERE key = ?1", key);
    if (this.#running?.job.key === key) this.#running.controller.abort(new JobCancelled("cancelled"));
  }

  /** When there is something to do next, in milliseconds since 1970: undefined while something is done. */
  get wakeAt(): number | undefined {
    if (this.#running) return undefined;
    const { at } = this.#sql.exec("SELECT min(notBefore) AS at FROM jobs").one();
    return at === null || at === undefined ? undefined : Number(at);
  }

  /**
   * One attempt at the first job that is due. It never throws: what fails is tried again later, or is told to `fail`.
   * @returns whether there was one
   */
  async work(worker: JobWorker): Promise<boolean> {
    if (this.#running) return false;
    const query = `SELECT ${FIELDS} FROM jobs WHERE notBefore <= ?1 ORDER BY seq LIMIT 1`;
    const [row] = this.#sql.exec(query, Date.now()).toArray();
    if (!row) return false;
    const job = Job.parse(row);
    if (job.deaths >= this.#rules.deaths) {
      this.#settle(job, worker, new JobFailure("it was cut off too often", { isFinal: true }));
      return true;
    }
    const controller = new AbortController();
    this.#running = { job, controller };
    this.#sql.exec("UPDATE jobs SET running = 1 WHERE id = ?1", job.id);
    const timer = setTimeout(
      () => controller.abort(new JobTimeout("it took too long")),
      this.#rules.timeLimit,
    );
    try {
      await Promise.race([worker.run(job, controller.signal), rejectOnAbort(controller.signal)]);
      this.#remove(job);
    } catch (error) {
      if (!controller.signal.aborted || controller.signal.reason instanceof JobTimeout) {
        this.#settle(job, worker, controller.signal.aborted ? controller.signal.reason : error);
      }
    } finally {
      clearTimeout(timer);
      this.#running = undefined;
      // Of whatever still runs of it, nothing is wanted.
      controller.abort(new JobCancelled("it is over"));
    }
    return true;
  }

  /** An attempt failed: there is another one, or the job is over. */
  #settle(job: Job, worker: JobWorker, error: unknown): void {
    const attempts = job.attempts + 1;
    const failure = error instanceof JobFailure ? error : undefined;
    if (failure?.isFinal || attempts >= this.#rules.attempts) {
      worker.fail(job, error);
      this.#remove(job);
      return;
    }
    const { waits, longestWait } = this.#rules;
    const wait = Math.max(waits[Math.min(attempts, waits.length) - 1] ?? 0, failure?.retryAfter ?? 0);
    this.#sql.exec(
      "UPDATE jobs SET running = 0, attempts = ?2, notBefore = ?3 WHERE id = ?1",
      job.id,
      attempts,
      Date.now() + Math.min(wait, longestWait),
    );
  }

  #remove({ id }: Job): void {
    this.#sql.exec("DELETE FROM jobs WHERE id = ?1", id);
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  promise.catch(() => {});
  return promise;
}
