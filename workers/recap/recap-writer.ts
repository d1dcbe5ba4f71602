import { DurableObject } from "cloudflare:workers";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { RecapDocument } from "../../shared/protocol/recap.schema.ts";
import type { RecapEdit, RecapStatus } from "../../shared/protocol/recap.ts";
import type { JobRules } from "../lib/jobs/job.ts";
import { JobQueue } from "../lib/jobs/job-queue.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { createId } from "../lib/random.ts";
import { answerOrRefuse } from "../lib/refuse.ts";
import { RecapEvents } from "./recap-events.ts";
import { RecapMaking } from "./recap-making.ts";
import { createParts, type RecapParts } from "./recap-parts.ts";
import { noRecap, type RecapRecord, RecapRecords } from "./recap-record.ts";
import { RecapShelf } from "./recap-shelf.ts";
import { RecapVersions } from "./recap-versions.ts";

const RULES: Omit<JobRules, "depth"> = {
  attempts: 3,
  waits: [5000, 30_000],
  longestWait: 5 * 60_000,
  // Longer than a model may take by its own limit.
  timeLimit: 6 * 60_000,
  deaths: 5,
};

/** If this life ends in the middle of an alarm, the next one begins this much later at the latest, asked or not. */
const GUARD_MS = 10_000;

/** Who finds the queue full comes back after this: about as long as one recap takes. In seconds. */
const FULL_RETRY_S = 60;

/** Who reads: hosts read what is not published, too. */
export type RecapReader = "host" | "user";

/**
 * One instance keeps the recaps of its share of all sessions: it alone says whether there is one, which version of it is
 * read, and whether it is published. It has one written by the model at a time; those that wait stand in its queue. What
 * a recap says is in R2: a version is put there first, then recorded here, and then the one before it is deleted.
 * Whatever it has to come back to is in SQLite, and its alarm brings it back: an instance with nothing to do costs nothing.
 */
export class RecapWriter extends DurableObject<RecapEnv> {
  readonly #parts: RecapParts;
  readonly #records: RecapRecords;
  readonly #versions: RecapVersions;
  readonly #making: RecapMaking;
  readonly #jobs: JobQueue;
  readonly #events = new RecapEvents();
  /** What changes one recap happens one after the other: the last of it, by session. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Its alarm is doing something: if this life ends meanwhile, the guard begins the next one. */
  #isAtWork = false;

  constructor(ctx: DurableObjectState, env: RecapEnv, parts: RecapParts = createParts(env)) {
    super(ctx, env);
    this.#parts = parts;
    this.#records = new RecapRecords(ctx.storage.sql);
    this.#versions = new RecapVersions(new RecapShelf(env), this.#records, (document) =>
      parts.renderPage(document),
    );
    this.#making = new RecapMaking({
      parts,
      records: this.#records,
      versions: this.#versions,
      events: this.#events,
      inTurn: (session, task) => this.#inTurn(session, task),
      tell: (session) => this.#tell(session),
      tidyLater: (session) => this.#tidyLater(session),
    });
    const depth = Number(env.MAX_QUEUE_DEPTH);
    this.#jobs = new JobQueue(ctx.storage.sql, {
      ...RULES,
      depth: Number.isInteger(depth) && depth > 0 ? depth : 100,
    });
    // A life that ended between a write and its alarm, or a runtime that lost the alarm, leaves nothing behind for good.
    void ctx.blockConcurrencyWhile(() => this.#arm());
  }

  /**
   * Has a recap made, or made anew; one that is being made already is left alone.
   * @param order asked for under the same one again, nothing is made anew: an answer may have been lost
   */
  make(session: string, requestId: string, order?: string): Promise<RecapStatus | Refusal> {
    return answerOrRefuse(() => this.#inTurn(session, () => this.#make(session, requestId, order)));
  }

  getStatus(session: string, reader: RecapReader): RecapStatus {
    const record = this.#records.find(session);
    if (reader === "host" || !record) return this.#describe(session, record);
    const { version, by, publishedAt } = record;
    if (record.state === "erasing" || version === undefined || publishedAt === undefined) {
      return { status: "none" };
    }
    return { status: "done", version, by, publishedAt };
  }

  /** The version to be read. */
  getVersion(session: string, reader: RecapReader): Promise<{ version: string } | Refusal> {
    return answerOrRefuse(async () => {
      const { version, publishedAt } = this.#records.requireVersion(session);
      if (reader === "user" && publishedAt === undefined) throw noRecap();
      return { version };
    });
  }

  publish(session: string, isPublished: boolean): Promise<RecapStatus | Refusal> {
    return answerOrRefuse(async () => {
      const { publishedAt, ...record } = this.#records.requireVersion(session);
      const at = publishedAt ?? Date.now();
      this.#records.put(session, { ...record, ...(isPublished && { publishedAt: at }) });
      return this.#tell(session);
    });
  }

  edit(session: string, edit: RecapEdit): Promise<RecapStatus | Refusal> {
    return answerOrRefuse(() =>
      this.#inTurn(session, async () => {
        const { version, state, by } = this.#records.requireVersion(session);
        if (state === "making") throw new ProblemError("conflict", "the recap is being written");
        if (version !== edit.version) throw new ProblemError("conflict", "the recap was changed since");
        const body = await this.#versions.read(session, version);
        if (body === undefined) throw noRecap();
        const edited = this.#parts.applyEdit(RecapDocument.parse(JSON.parse(body)), edit);
        await this.#versions.put(session, { ...edited, version: createId() });
        this.#records.change(session, { by, edited: true });
        this.#tidyLater(session);
        return this.#tell(session);
      }),
    );
  }

  /** As it is written. Nothing of it is kept, and whoever leaves ends nothing but this stream. */
  openEvents(session: string): ReadableStream<Uint8Array> {
    const status = this.getStatus(session, "host");
    return this.#events.open(session, status, isLast(status));
  }

  /** Cancels what is made, and deletes everything. Asked again, it goes on; until it is through, there is none to read. */
  forget(session: string): Promise<{ success: true } | Refusal> {
    return answerOrRefuse(async () => {
      this.#jobs.cancel(session);
      if (this.#records.find(session)) this.#beginErasing(session);
      await this.#inTurn(session, () => this.#erase(session));
      return { success: true };
    });
  }

  override async alarm(): Promise<void> {
    this.#isAtWork = true;
    await this.#arm();
    for (const session of this.#records.listDue(Date.now())) {
      await this.#inTurn(session, () => this.#tidy(session)).catch((error) =>
        this.#versions.postpone(session, error),
      );
    }
    const worked = this.#jobs.work({
      run: ({ key }, signal) => this.#making.write(key, signal),
      fail: (job, error) => this.#making.fail(job, error),
    });
    this.#tellPositions();
    await worked;
    this.#isAtWork = false;
    this.#tellPositions();
    await this.#arm();
  }

  async #make(session: string, requestId: string, order?: string): Promise<RecapStatus> {
    const before = this.#records.find(session);
    if (before?.state === "making") return this.#describe(session, before);
    if (before?.state === "done" && order !== undefined && order === before.order)
      return this.#describe(session, before);
    if (before?.state === "erasing")
      throw new ProblemError("unavailable", "the last one is being deleted", { retryAfter: 5 });
    if (!this.#jobs.add(session)) {
      throw new ProblemError("unavailable", "many recaps wait to be written; try again later", {
        retryAfter: FULL_RETRY_S,
      });
    }
    const { failure: _, usage: __, order: ___, ...rest } = before ?? { garbage: [] };
    this.#records.put(session, { ...rest, state: "making", ...(order !== undefined && { order }) });
    await this.#arm();
    try {
      await this.#making.prepare(session, requestId);
    } catch (error) {
      this.#undo(session, before);
      throw error;
    }
    // What the template wrote is all there is to it.
    if (this.#records.find(session)?.state === "done") this.#jobs.cancel(session);
    await this.#arm();
    return this.#tell(session);
  }

  /** Nothing was made: things stand as before, but for what may have got into R2. */
  #undo(session: string, before: RecapRecord | undefined): void {
    const now = this.#records.find(session);
    this.#jobs.cancel(session);
    this.#records.removeWork(session);
    if (!now || now.state === "erasing") return;
    const garbage = [...new Set([...now.garbage, ...(before?.garbage ?? [])])];
    if (before) {
      const { publishedAt: _, ...record } = before;
      // Its host may have published it meanwhile, or taken it back.
      const { publishedAt } = now;
      this.#records.put(session, { ...record, garbage, ...(publishedAt !== undefined && { publishedAt }) });
    } else if (garbage.length === 0) this.#records.remove(session);
    else this.#records.put(session, { state: "erasing", garbage });
  }

  #tidyLater(session: string): void {
    const tidied = this.#inTurn(session, () => this.#tidy(session)).catch((error) =>
      this.#versions.postpone(session, error),
    );
    this.ctx.waitUntil(tidied.then(() => this.#arm()));
  }

  /** Deletes what nobody reads, and all of what has had its time. */
  async #tidy(session: string): Promise<void> {
    const record = this.#records.find(session);
    if (!record) return;
    if (record.state === "erasing") return this.#erase(session);
    if ((record.expiresAt ?? Number.POSITIVE_INFINITY) > Date.now()) return this.#versions.tidy(session);
    this.#jobs.cancel(session);
    this.#beginErasing(session);
    return this.#erase(session);
  }

  /** From now on there is nothing to read. */
  #beginErasing(session: string): void {
    this.#records.removeWork(session);
    this.#records.put(session, { state: "erasing", garbage: [] });
    this.#events.clear(session);
    this.#events.tellStatus(session, { status: "none" }, true);
  }

  async #erase(session: string): Promise<void> {
    await this.#arm();
    await this.#versions.erase(session);
    await this.#arm();
  }

  #describe(session: string, record: RecapRecord | undefined): RecapStatus {
    if (!record || record.state === "erasing") return { status: "none" };
    const { state, version, by, edited, publishedAt, failure } = record;
    const known = { version, by, edited, publishedAt };
    if (state !== "making") return { status: state, ...known, failure };
    if (this.#jobs.isRunning(session))
      return { status: "writing", progress: this.#making.progress, ...known };
    return { status: "queued", position: this.#jobs.getPosition(session) ?? 0, ...known };
  }

  #tell(session: string): RecapStatus {
    const status = this.getStatus(session, "host");
    this.#events.tellStatus(session, status, isLast(status));
    return status;
  }

  #tellPositions(): void {
    for (const session of this.#events.followed) this.#tell(session);
  }

  async #arm(): Promise<void> {
    if (this.#isAtWork) return this.ctx.storage.setAlarm(Date.now() + GUARD_MS);
    const dates = [this.#jobs.wakeAt, this.#records.dueAt].filter((at) => at !== undefined);
    if (dates.length > 0) await this.ctx.storage.setAlarm(Math.max(Date.now(), Math.min(...dates)));
    else await this.ctx.storage.deleteAlarm();
  }

  async #inTurn<T>(session: string, task: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(session) ?? Promise.resolve();
    const turn = before.then(task, task);
    this.#turns.set(session, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(session) === turn) this.#turns.delete(session);
    }
  }
}

const isLast = ({ status }: RecapStatus): boolean => status !== "queued" && status !== "writing";
