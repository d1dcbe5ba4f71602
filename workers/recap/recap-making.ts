import { type Job, JobFailure, JobTimeout } from "../lib/jobs/job.ts";
import { logFailure } from "../lib/log-failure.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { createId } from "../lib/random.ts";
import type { DraftStatement } from "./document/draft.ts";
import type { RecapMaterial } from "./material/material.ts";
import { ModelError } from "./model/model-error.ts";
import type { RecapEvents } from "./recap-events.ts";
import type { RecapParts } from "./recap-parts.ts";
import type { RecapRecords } from "./recap-record.ts";
import type { RecapVersions } from "./recap-versions.ts";

/** What making needs of the writer. */
interface Around {
  readonly parts: RecapParts;
  readonly records: RecapRecords;
  readonly versions: RecapVersions;
  readonly events: RecapEvents;
  /** What changes one recap happens one after the other. */
  inTurn<T>(session: string, task: () => Promise<T>): Promise<T>;
  /** How it stands now. */
  tell(session: string): void;
  /** There is something that nobody reads any more. */
  tidyLater(session: string): void;
}

/**
 * How a recap is made: the material is gathered, the template writes, and then the model. Each step is stored as it is
 * done: whoever dies goes on with the one that was not.
 */
export class RecapMaking {
  readonly #around: Around;
  /** How much of the one that is written is there. */
  #progress = 0;

  constructor(around: Around) {
    this.#around = around;
  }

  get progress(): number {
    return this.#progress;
  }

  /** The material, and the template's version where there is none to be read yet. */
  async prepare(session: string, requestId: string): Promise<RecapMaterial> {
    const { parts, records, versions } = this.#around;
    let { material } = records.findWork(session);
    if (!material) {
      const gathered = await parts.gather(session, requestId);
      records.requireMaking(session);
      material = gathered.material;
      records.putWork(session, { material });
      records.change(session, { expiresAt: gathered.expiresAt });
    }
    const { version } = records.requireMaking(session);
    const hasModel = parts.writeByModel !== undefined;
    if (version === undefined || !hasModel) {
      const more = { version: createId(), by: "template" } as const;
      await versions.put(session, parts.createDocument(material, parts.writeTemplate(material), more));
    }
    if (!hasModel) this.#finish(session);
    return material;
  }

  /** One attempt of the model. */
  async write(session: string, signal: AbortSignal): Promise<void> {
    const { parts, records, versions, events } = this.#around;
    if (records.find(session)?.state !== "making") return;
    this.#progress = 0;
    const material = await this.#around.inTurn(session, () => this.prepare(session, createId()));
    if (!parts.writeByModel) return;
    signal.throwIfAborted();
    const statements =
      records.findWork(session).statements ?? (await this.#askModel(session, material, signal));
    await this.#around.inTurn(session, async () => {
      signal.throwIfAborted();
      const more = { version: createId(), by: "model" } as const;
      const document = parts.createDocument(material, this.#complete(material, statements), more);
      await versions.put(session, document, () => !signal.aborted);
      this.#finish(session);
    });
    events.clear(session);
    this.#around.tell(session);
  }

  /** In the turn in which its job goes. */
  fail({ key: session }: Job, error: unknown): void {
    const { records, events } = this.#around;
    if (records.find(session)?.state !== "making") return;
    if (!(error instanceof JobFailure)) logFailure("a recap was not written", error);
    records.removeWork(session);
    records.change(session, { state: "failed", failure: describeFailure(error) });
    events.clear(session);
    this.#around.tell(session);
    this.#around.tidyLater(session);
  }

  /** Whatever the model said nothing of, the template tells. */
  #complete(material: RecapMaterial, statements: readonly DraftStatement[]): readonly DraftStatement[] {
    const told = new Set(statements.map(({ section }) => section));
    const others = this.#around.parts.writeTemplate(material).filter(({ section }) => !told.has(section));
    return [...statements, ...others];
  }

  /** All that it wrote and that is true. It is stored before anything else happens: it is paid for once. */
  async #askModel(
    session: string,
    material: RecapMaterial,
    signal: AbortSignal,
  ): Promise<readonly DraftStatement[]> {
    const { parts, records, events } = this.#around;
    const statements: DraftStatement[] = [];
    await this.#countAsking(session);
    signal.throwIfAborted();
    events.clear(session);
    this.#around.tell(session);
    try {
      const writing = await parts.writeByModel?.(material, {
        signal,
        onStatement: (statement) => {
          const checked = parts.checkStatement(statement, material);
          if (!checked || signal.aborted) return;
          statements.push(checked);
          events.tellStatement(session, { section: checked.section, text: checked.text });
        },
        onProgress: (progress) => {
          if (signal.aborted) return;
          this.#progress = progress;
          this.#around.tell(session);
        },
      });
      signal.throwIfAborted();
      records.addUsage(session, writing?.usage);
    } catch (error) {
      if (!(error instanceof ModelError) || signal.aborted) throw error;
      records.addUsage(session, error.usage);
      const { message, retryAfter, isFinal } = error;
      throw new JobFailure(message, {
        isFinal,
        ...(retryAfter !== undefined && { retryAfter: retryAfter * 1000 }),
      });
    }
    if (statements.length === 0) throw new JobFailure("Nothing that the model wrote was true to the talk.");
    records.putWork(session, { material, statements });
    return statements;
  }

  async #countAsking(session: string): Promise<void> {
    try {
      await this.#around.parts.countAsking(session);
    } catch (error) {
      if (!(error instanceof ProblemError && error.code === "rate_limited")) throw error;
      throw new JobFailure(USED_UP, { isFinal: true });
    }
  }

  #finish(session: string): void {
    const { records } = this.#around;
    const { edited: _, ...record } = records.requireMaking(session);
    records.put(session, { ...record, state: "done" });
    records.removeWork(session);
    this.#around.tidyLater(session);
  }
}

const USED_UP = "The model has been asked as often as it may be in a day for one account.";

/** A sentence for the host. */
function describeFailure(error: unknown): string {
  if (error instanceof JobFailure) return error.message;
  if (error instanceof JobTimeout) return "The model took too long.";
  return "A part of the service did not answer.";
}
