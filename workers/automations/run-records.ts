import * as z from "zod";
import * as schema from "../../shared/protocol/flow.schema.ts";
import type { FlowAction, FlowRun, FlowStep } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";

const json = <S extends z.ZodType>(schema: S) => z.preprocess((text) => JSON.parse(String(text)), schema);

/** What happened, as webhooks are told it. */
export const Cause = z.looseObject({ event: z.string() });
export type Cause = z.infer<typeof Cause>;

/** A run as it is kept, without its steps. */
const StoredRun = z.object({
  seq: z.number(),
  id: z.string(),
  flow: z.string(),
  at: z.number(),
  cause: json(Cause),
  /** Of what its actions cause. */
  depth: z.number(),
  /** The session's life in which it was set off. */
  epoch: z.number(),
});
export type StoredRun = z.infer<typeof StoredRun>;

const StoredStep = z.object({
  run: z.string(),
  place: z.number(),
  action: json(schema.FlowAction),
  status: schema.FlowStep.shape.status,
  attempts: z.number(),
  /** When it was begun, for how long it is tried. */
  since: z.number(),
  nextAt: z.number(),
  problem: z.string().nullable(),
});
export type StoredStep = z.infer<typeof StoredStep>;

/** What an attempt changes of a step. */
export type StepChange = Pick<StoredStep, "status"> &
  Partial<Pick<StoredStep, "attempts" | "nextAt" | "problem">>;

const RUN = "seq, id, flow, at, cause, depth, epoch";
const STEP = "run, place, action, status, attempts, since, nextAt, problem";
const IS_OVER = "status NOT IN ('waiting', 'running')";

/** What is told of a run that begins. */
export interface NewRun {
  readonly id: string;
  readonly flow: string;
  readonly at: number;
  readonly cause: Cause;
  readonly depth: number;
  readonly epoch: number;
  /** What it is known by: whatever comes twice sets a flow off once. */
  readonly key: string;
  /** A host tries it by hand: the outbox leaves it alone. */
  readonly isTry?: true;
}

/**
 * The outbox: every run and its steps, written before anything is done, and what has become of each. A step's id is
 * `{run}.{place}`, the id under which others do it once.
 */
export class RunRecords {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  createTables(): void {
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS runs (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        flow TEXT NOT NULL,
        at INTEGER NOT NULL,
        cause TEXT NOT NULL,
        depth INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        key TEXT NOT NULL,
        isTry INTEGER NOT NULL,
        isOpen INTEGER NOT NULL,
        UNIQUE (flow, key)
      );
      CREATE INDEX IF NOT EXISTS openRuns ON runs (flow, seq) WHERE isOpen = 1;
      CREATE TABLE IF NOT EXISTS steps (
        run TEXT NOT NULL,
        place INTEGER NOT NULL,
        action TEXT NOT NULL,
        status TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        since INTEGER NOT NULL,
        nextAt INTEGER NOT NULL,
        problem TEXT,
        PRIMARY KEY (run, place)
      )`);
  }

  /** A life before this one ended in the middle: what it did is done again, and what a host tried is over. */
  recover(): void {
    this.#sql.exec("UPDATE steps SET status = 'waiting' WHERE status = 'running'");
    for (const { id } of this.#list("isOpen = 1 AND isTry = 1"))
      this.end(id, "cancelled", "It was interrupted.");
  }

  /** @returns whether it was not there before */
  add(run: NewRun, actions: readonly FlowAction[], end?: { status: "cancelled" | "dead"; problem: string }) {
    const { rowsWritten } = this.#sql.exec(
      `INSERT INTO runs (id, flow, at, cause, depth, key, isTry, epoch, isOpen) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)
       ON CONFLICT (flow, key) DO NOTHING`,
      run.id,
      run.flow,
      run.at,
      JSON.stringify(run.cause),
      run.depth,
      run.key,
      run.isTry ? 1 : 0,
      run.epoch,
    );
    if (rowsWritten === 0) return false;
    for (const [place, action] of actions.entries())
      this.#sql.exec(
        `INSERT INTO steps (${STEP}) VALUES (?1, ?2, ?3, 'waiting', 0, ?4, ?4, NULL)`,
        run.id,
        place,
        JSON.stringify(action),
        run.at,
      );
    if (end) this.end(run.id, end.status, end.problem);
    return true;
  }

  find(flow: string, id: string): StoredRun | undefined {
    return this.#list("flow = ?1 AND id = ?2", flow, id)[0];
  }

  get hasOpen(): boolean {
    return this.#sql.exec("SELECT 1 FROM runs WHERE isOpen = 1 LIMIT 1").toArray().length > 0;
  }

  /** The first open run of a flow: those after it wait for it. */
  findHead(flow: string): StoredRun | undefined {
    return this.#list("flow = ?1 AND isOpen = 1 AND isTry = 0 ORDER BY seq LIMIT 1", flow)[0];
  }

  countOpen(flow: string): number {
    const query = "SELECT count(*) AS runs FROM runs WHERE flow = ?1 AND isOpen = 1";
    return Number(this.#sql.exec(query, flow).one().runs);
  }

  hasOpenTry(flow: string): boolean {
    return this.#list("flow = ?1 AND isOpen = 1 AND isTry = 1", flow).length > 0;
  }

  listSteps(run: string): readonly StoredStep[] {
    return this.#sql
      .exec(`SELECT ${STEP} FROM steps WHERE run = ?1 ORDER BY place`, run)
      .toArray()
      .map((row) => StoredStep.parse(row));
  }

  changeStep({ run, place }: Pick<StoredStep, "run" | "place">, change: StepChange): void {
    this.#sql.exec(
      `UPDATE steps SET status = ?3, attempts = coalesce(?4, attempts), nextAt = coalesce(?5, nextAt),
       problem = ?6 WHERE run = ?1 AND place = ?2`,
      run,
      place,
      change.status,
      change.attempts ?? null,
      change.nextAt ?? null,
      change.problem ?? null,
    );
  }

  /** An attempt begins; with the first one the time begins for which it is tried. */
  beginStep({ run, place }: Pick<StoredStep, "run" | "place">, now: number): void {
    this.#sql.exec(
      `UPDATE steps SET status = 'running', since = CASE attempts WHEN 0 THEN ?3 ELSE since END
       WHERE run = ?1 AND place = ?2`,
      run,
      place,
      now,
    );
  }

  /** What is not over of a run ends so, and the run with it. */
  end(run: string, status: "cancelled" | "dead", problem: string): void {
    this.#sql.exec(
      `UPDATE steps SET status = ?2, problem = ?3 WHERE run = ?1 AND NOT (${IS_OVER})`,
      run,
      status,
      problem,
    );
    this.close(run);
  }

  /** The same for all that a flow has open. */
  endAll(flow: string, status: "cancelled" | "dead", problem: string): void {
    for (const { id } of this.#list("flow = ?1 AND isOpen = 1 AND isTry = 0", flow))
      this.end(id, status, problem);
  }

  /** Nothing of it is left to do. Of each flow, the last runs are kept. */
  close(run: string): void {
    this.#sql.exec("UPDATE runs SET isOpen = 0 WHERE id = ?1", run);
    const old = `SELECT id FROM runs WHERE isOpen = 0 AND flow = (SELECT flow FROM runs WHERE id = ?1)
      ORDER BY seq DESC LIMIT -1 OFFSET ${LIMITS.flowRuns}`;
    this.#sql.exec(`DELETE FROM steps WHERE run IN (${old})`, run);
    this.#sql.exec(`DELETE FROM runs WHERE id IN (${old})`, run);
  }

  /** What failed of it, or was given up, is done again. @returns whether there is something */
  reopen(run: string, now: number): boolean {
    const { rowsWritten } = this.#sql.exec(
      `UPDATE steps SET status = 'waiting', attempts = 0, since = ?2, nextAt = ?2, problem = NULL
       WHERE run = ?1 AND status IN ('failed', 'dead')`,
      run,
      now,
    );
    if (rowsWritten > 0) this.#sql.exec("UPDATE runs SET isOpen = 1, isTry = 0 WHERE id = ?1", run);
    return rowsWritten > 0;
  }

  /**
   * A session that begins anew has none of before: but what is told to others is told to its end, from the start where it
   * was cancelled in the middle.
   */
  beginAnew(): void {
    this.#sql.exec(`
      DELETE FROM steps WHERE run IN (SELECT id FROM runs WHERE isOpen = 0);
      DELETE FROM runs WHERE isOpen = 0;
      UPDATE steps SET status = 'cancelled', problem = 'The session began anew.'
        WHERE NOT (${IS_OVER}) AND action ->> '$.do' NOT IN ('webhook', 'queue');
      UPDATE steps SET status = 'waiting'
        WHERE status = 'running' AND run IN (SELECT id FROM runs WHERE isTry = 0);
      UPDATE runs SET isOpen = 0 WHERE NOT EXISTS (SELECT * FROM steps WHERE run = runs.id AND NOT (${IS_OVER}))`);
  }

  removeAll(flow: string): void {
    this.#sql.exec("DELETE FROM steps WHERE run IN (SELECT id FROM runs WHERE flow = ?1)", flow);
    this.#sql.exec("DELETE FROM runs WHERE flow = ?1", flow);
  }

  /** When something of a run is to be done next. */
  getWakeAt(run: string): number | undefined {
    const query = "SELECT min(nextAt) AS at FROM steps WHERE run = ?1 AND status = 'waiting'";
    const { at } = this.#sql.exec(query, run).one();
    return at === null ? undefined : Number(at);
  }

  /** A page of a flow's runs, the newest first. @param before the `seq` of the last one of the page before */
  listRuns(flow: string, before: number, limit: number): readonly StoredRun[] {
    return this.#list("flow = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3", flow, before, limit);
  }

  describe({ id, at, cause }: StoredRun): FlowRun {
    return { id, at, event: cause.event, steps: this.listSteps(id).map(toStep) };
  }

  #list(where: string, ...values: (string | number)[]): StoredRun[] {
    return this.#sql
      .exec(`SELECT ${RUN} FROM runs WHERE ${where}`, ...values)
      .toArray()
      .map((row) => StoredRun.parse(row));
  }
}

/** As hosts read it. */
export function toStep({ action, status, attempts, nextAt, problem }: StoredStep): FlowStep {
  return {
    do: action.do,
    status,
    attempts,
    ...(status === "waiting" && attempts > 0 && { nextAt }),
    ...(problem !== null && { problem }),
  };
}
