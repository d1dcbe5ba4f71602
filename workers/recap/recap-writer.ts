import { DurableObject } from "cloudflare:workers";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { RecapDocument } from "../../shared/protocol/recap.schema.ts";
import type { RecapEdit, RecapStatus } from "../../shared/protocol/recap.ts";
import { type Job, JobCancelled, JobFailure, type JobRules, JobTimeout } from "../lib/jobs/job.ts";
import { JobQueue } from "../lib/jobs/job-queue.ts";
import { logFailure } from "../lib/log-failure.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { createId } from "../lib/random.ts";
import type { DraftStatement } from "./document/draft.ts";
import type { RecapMaterial } from "./material/material.ts";
import { ModelError, type ModelUsage } from "./model/model-error.ts";
import { RecapEvents } from "./recap-events.ts";
import { createParts, type RecapParts } from "./recap-parts.ts";
import { type RecapRecord, RecapRecords } from "./recap-record.ts";
import { RecapShelf } from "./recap-shelf.ts";

const RULES: Omit<JobRules, "depth"> = {
  attempts: 3,
  waits: [5000, 30_000],
  longestWait: 5 * 60_000,
  // Longer than a model may take by its own limit.
  timeLimit: 6 * 60_000,
  deaths: 5,
};

/** If this life ends in the middle of an alarm, the next one begins this much later at the latest. */
const GUARD_MS = 30_000;

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
  readonly #shelf: RecapShelf;
  readonly #records: RecapRecords;
  readonly #jobs: JobQueue;
  readonly #events = new RecapEvents();
  /** What changes one recap happens one after the other: the last of it, by session. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Its alarm is doing something: if this life ends meanwhile, the guard begins the next one. */
  #isAtWork = false;
  /** How much of the one that is written is there. */
  #progress = 0;

  constructor(ctx: DurableObjectState, env: RecapEnv, parts: RecapParts = createParts(env)) {
    super(ctx, env);
    this.#parts = parts;
    this.#shelf = new RecapShelf(env);
    this.#records = new RecapRecords(ctx.storage.sql);
    const depth = Number(env.MAX_QUEUE_DEPTH);
    this.#jobs = new JobQueue(ctx.storage.sql, {
      ...RULES,
      depth: Number.isInteger(depth) && depth > 0 ? depth : 100,
    });
    // A life that ended between a write and its alarm, or a runtime that lost the alarm, leaves nothing behind for good.
    void ctx.blockConcurrencyWhile(() => this.#arm());
  }

  /** Has a recap made, or made anew; one that is being made already is left alone. */
  make(session: string, requestId: string): Promise<RecapStatus | Refusal> {
    return answer(() => this.#inTurn(session, () => this.#make(session, requestId)));
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
    return answer(async () => {
      const { version, publishedAt } = this.#require(session);
      if (reader === "user" && publishedAt === undefined) throw notFound();
      return { version };
    });
  }

  publish(session: string, isPublished: boolean): Promise<RecapStatus | Refusal> {
    return answer(async () => {
      const { publishedAt, ...record } = this.#require(session);
      const at = publishedAt ?? Date.now();
      this.#records.put(session, { ...record, ...(isPublished && { publishedAt: at }) });
      return this.#tell(session);
    });
  }

  edit(session: string, edit: RecapEdit): Promise<RecapStatus | Refusal> {
    return answer(() =>
      this.#inTurn(session, async () => {
        const { version, state, by } = this.#require(session);
        if (state === "making") throw new ProblemError("conflict", "the recap is being written");
        if (version !== edit.version) throw new ProblemError("conflict", "the recap was changed since");
        const body = await this.#shelf.read(session, version, "json", (task) => this.ctx.waitUntil(task));
        if (body === undefined) throw notFound();
        const edited = this.#parts.applyEdit(RecapDocument.parse(JSON.parse(body)), edit);
        await this.#putVersion(session, { ...edited, version: createId() }, () => true);
        this.#change(session, { by, edited: true });
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
    return answer(async () => {
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
      await this.#inTurn(session, () => this.#tidy(session)).catch((error) => this.#postpone(session, error));
    }
    const worked = this.#jobs.work({
      run: (job, signal) => this.#write(job, signal),
      fail: (job, error) => this.#fail(job, error),
    });
    this.#tellPositions();
    await worked;
    this.#isAtWork = false;
    this.#tellPositions();
    await this.#arm();
  }

  async #make(session: string, requestId: string): Promise<RecapStatus> {
    const before = this.#records.find(session);
    if (before?.state === "making") return this.#describe(session, before);
    if (before?.state === "erasing")
      throw new ProblemError("unavailable", "the last one is being deleted", { retryAfter: 5 });
    if (!this.#jobs.add(session)) {
      throw new ProblemError("unavailable", "many recaps wait to be written; try again later", {
        retryAfter: FULL_RETRY_S,
      });
    }
    const { failure: _, usage: __, ...rest } = before ?? { garbage: [] };
    this.#records.put(session, { ...rest, state: "making" });
    await this.#arm();
    try {
      await this.#prepare(session, requestId);
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

  /** The material, and the template's version where there is none to be read yet. What is done already is not done again. */
  async #prepare(session: string, requestId: string): Promise<RecapMaterial> {
    let { material } = this.#records.findWork(session);
    if (!material) {
      const gathered = await this.#parts.gather(session, requestId);
      this.#requireMaking(session);
      material = gathered.material;
      this.#records.putWork(session, { material });
      this.#change(session, { expiresAt: gathered.expiresAt });
    }
    const { version } = this.#requireMaking(session);
    const hasModel = this.#parts.writeByModel !== undefined;
    if (version === undefined || !hasModel) {
      const statements = this.#parts.writeTemplate(material);
      const document = this.#parts.createDocument(material, statements, {
        version: createId(),
        by: "template",
      });
      await this.#putVersion(session, document, () => true);
    }
    if (!hasModel) this.#finish(session);
    return material;
  }

  /** One attempt of the model. */
  async #write({ key: session }: Job, signal: AbortSignal): Promise<void> {
    if (this.#records.find(session)?.state !== "making") return;
    this.#progress = 0;
    const material = await this.#inTurn(session, () => this.#prepare(session, createId()));
    if (!this.#parts.writeByModel) return;
    signal.throwIfAborted();
    const statements =
      this.#records.findWork(session).statements ?? (await this.#askModel(session, material, signal));
    await this.#inTurn(session, async () => {
      signal.throwIfAborted();
      const document = this.#parts.createDocument(material, this.#complete(material, statements), {
        version: createId(),
        by: "model",
      });
      await this.#putVersion(session, document, () => !signal.aborted);
      this.#finish(session);
    });
    this.#events.clear(session);
    this.#tell(session);
  }

  /** Whatever the model said nothing of, the template tells. */
  #complete(material: RecapMaterial, statements: readonly DraftStatement[]): readonly DraftStatement[] {
    const told = new Set(statements.map(({ section }) => section));
    return [
      ...statements,
      ...this.#parts.writeTemplate(material).filter(({ section }) => !told.has(section)),
    ];
  }

  /** All that it wrote and that is true. It is stored before anything else happens: it is paid for once. */
  async #askModel(
    session: string,
    material: RecapMaterial,
    signal: AbortSignal,
  ): Promise<readonly DraftStatement[]> {
    const statements: DraftStatement[] = [];
    this.#events.clear(session);
    this.#tell(session);
    try {
      const writing = await this.#parts.writeByModel?.(material, {
        signal,
        onStatement: (statement) => {
          const checked = this.#parts.checkStatement(statement, material);
          if (!checked || signal.aborted) return;
          statements.push(checked);
          this.#events.tellStatement(session, { section: checked.section, text: checked.text });
        },
        onProgress: (progress) => {
          if (signal.aborted) return;
          this.#progress = progress;
          this.#tell(session);
        },
      });
      signal.throwIfAborted();
      this.#addUsage(session, writing?.usage);
    } catch (error) {
      if (!(error instanceof ModelError) || signal.aborted) throw error;
      this.#addUsage(session, error.usage);
      const { message, retryAfter, isFinal } = error;
      throw new JobFailure(message, {
        isFinal,
        ...(retryAfter !== undefined && { retryAfter: retryAfter * 1000 }),
      });
    }
    if (statements.length === 0) throw new JobFailure("Nothing that the model wrote was true to the talk.");
    this.#records.putWork(session, { material, statements });
    return statements;
  }

  /** In the turn in which its job goes. */
  #fail({ key: session }: Job, error: unknown): void {
    if (this.#records.find(session)?.state !== "making") return;
    if (!(error instanceof JobFailure)) logFailure("a recap was not written", error);
    this.#records.removeWork(session);
    this.#change(session, { state: "failed", failure: describeFailure(error) });
    this.#events.clear(session);
    this.#tell(session);
    this.#tidyLater(session);
  }

  #finish(session: string): void {
    const { edited: _, ...record } = this.#requireMaking(session);
    this.#records.put(session, { ...record, state: "done" });
    this.#records.removeWork(session);
    this.#tidyLater(session);
  }

  /**
   * R2 first, then the record. It is noted before what is put there, so that nothing stays that no record names.
   * @param isWanted asked when it is in R2
   */
  async #putVersion(session: string, document: RecapDocument, isWanted: () => boolean): Promise<void> {
    const { version, by } = document;
    const bodies = { json: JSON.stringify(document), html: this.#parts.renderPage(document) };
    this.#change(session, { garbage: [...this.#require(session, false).garbage, version] });
    await this.#shelf.put(session, version, bodies);
    const { version: old, ...record } = this.#require(session, false);
    if (!isWanted()) throw new JobCancelled("nobody wants it any more");
    const garbage = record.garbage.filter((each) => each !== version);
    if (old !== undefined) garbage.push(old);
    this.#records.put(session, { ...record, version, by, garbage });
    if (record.state !== "making") this.#tidyLater(session);
  }

  #tidyLater(session: string): void {
    const tidied = this.#inTurn(session, () => this.#tidy(session)).catch((error) =>
      this.#postpone(session, error),
    );
    this.ctx.waitUntil(tidied.then(() => this.#arm()));
  }

  /** Deletes what nobody reads, and all of what has had its time. */
  async #tidy(session: string): Promise<void> {
    const record = this.#records.find(session);
    if (!record) return;
    if (record.state === "erasing") return this.#erase(session);
    if ((record.expiresAt ?? Number.POSITIVE_INFINITY) <= Date.now()) {
      this.#jobs.cancel(session);
      this.#beginErasing(session);
      return this.#erase(session);
    }
    if (record.state === "making" || record.garbage.length === 0) return;
    await this.#shelf.remove(session, record.garbage);
    const now = this.#records.find(session);
    if (!now) return;
    const garbage = now.garbage.filter((version) => !record.garbage.includes(version));
    this.#records.put(session, { ...now, garbage });
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
    await this.#shelf.clear(session);
    this.#records.remove(session);
    await this.#arm();
  }

  /** Its time to be tried again is set by being written. */
  #postpone(session: string, error: unknown): void {
    logFailure("a recap could not be tidied; it is tried again", error);
    const record = this.#records.find(session);
    if (record) this.#records.put(session, record);
  }

  #addUsage(session: string, usage: ModelUsage | undefined): void {
    const record = this.#records.find(session);
    if (!usage || !record) return;
    const { promptTokens, completionTokens } = record.usage ?? { promptTokens: 0, completionTokens: 0 };
    this.#change(session, {
      usage: {
        promptTokens: promptTokens + usage.promptTokens,
        completionTokens: completionTokens + usage.completionTokens,
      },
    });
  }

  #change(session: string, change: Partial<RecapRecord>): void {
    this.#records.put(session, { ...this.#require(session, false), ...change });
  }

  #require(session: string): RecapRecord & { version: string };
  #require(session: string, hasVersion: false): RecapRecord;
  #require(session: string, hasVersion = true): RecapRecord {
    const record = this.#records.find(session);
    if (!record || record.state === "erasing" || (hasVersion && record.version === undefined))
      throw notFound();
    return record;
  }

  #requireMaking(session: string): RecapRecord {
    const record = this.#require(session, false);
    if (record.state !== "making") throw notFound();
    return record;
  }

  #describe(session: string, record: RecapRecord | undefined): RecapStatus {
    if (!record || record.state === "erasing") return { status: "none" };
    const { state, version, by, edited, publishedAt, failure } = record;
    const known = { version, by, edited, publishedAt };
    if (state !== "making") return { status: state, ...known, failure };
    if (this.#jobs.isRunning(session)) return { status: "writing", progress: this.#progress, ...known };
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

const notFound = () => new ProblemError("recap_not_found", "there is none, or it is not published");

const isLast = ({ status }: RecapStatus): boolean => status !== "queued" && status !== "writing";

/** A sentence for the host. */
function describeFailure(error: unknown): string {
  if (error instanceof JobFailure) return error.message;
  if (error instanceof JobTimeout) return "The model took too long.";
  return "A part of the service did not answer.";
}

/** An error does not get through a call between Workers as what it is: a refusal does. */
async function answer<T>(task: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, detail, retryAfter } = error;
    return { code, detail, ...(retryAfter !== undefined && { retryAfter }) };
  }
}
