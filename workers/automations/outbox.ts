import { LIMITS } from "../../shared/protocol/limits.ts";
import type { FlowRecords } from "./flow-records.ts";
import type { RunRecords, StepChange, StoredRun, StoredStep } from "./run-records.ts";
import { attemptStep, type PerformStep, type StepOrder, type StepOutcome } from "./step.ts";
import { nextTry } from "./webhook/waits.ts";

/** What is not sent away but done here is given up after so many attempts: later it would surprise a room. */
const OWN_ATTEMPTS = 6;

export interface OutboxParts {
  readonly flows: FlowRecords;
  readonly runs: RunRecords;
  readonly stepMs: number;
  readonly perform: PerformStep;
  createOrder(run: StoredRun, step: StoredStep): StepOrder | undefined;
  /** All or nothing. */
  transaction(change: () => void): void;
  /** There is less to do, or something else. */
  onChange(): void;
}

/**
 * Does what stands in the outbox: runs of one flow one after the other, flows beside each other. An action that has to
 * wait for its next attempt holds up the runs that come later, and not what its own run does besides.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  /** By flow: what is done for it now. */
  readonly #working = new Map<string, AbortController>();

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Begins with all that is due. What takes time goes on by itself. */
  start(): void {
    for (const { flow } of this.#listIdle()) void this.#work(flow);
  }

  get isBusy(): boolean {
    return this.#working.size > 0;
  }

  /** When there is something to begin with, besides what is being done. */
  get wakeAt(): number | undefined {
    const times = this.#listIdle().flatMap(({ id }) => this.#parts.runs.getWakeAt(id) ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** The first open run of each flow for which nothing is done now. */
  #listIdle(): StoredRun[] {
    const { flows, runs } = this.#parts;
    if (!runs.hasOpen) return [];
    return flows.list().flatMap(({ id }) => (this.#working.has(id) ? [] : (runs.findHead(id) ?? [])));
  }

  /** Whoever calls has said what becomes of the flow's runs. */
  cancel(flow: string): void {
    this.#working.get(flow)?.abort(new Error("nobody wants it any more"));
  }

  cancelAll(): void {
    for (const flow of this.#working.keys()) this.cancel(flow);
  }

  async #work(flow: string): Promise<void> {
    const controller = new AbortController();
    this.#working.set(flow, controller);
    try {
      while (!controller.signal.aborted && (await this.#attemptNext(flow, controller.signal)));
    } finally {
      this.#working.delete(flow);
      this.#parts.onChange();
    }
  }

  /** @returns whether there was something to do */
  async #attemptNext(flow: string, isUnwanted: AbortSignal): Promise<boolean> {
    const { runs, perform, stepMs, createOrder, transaction } = this.#parts;
    const run = runs.findHead(flow);
    if (!run) return false;
    const steps = runs.listSteps(run.id);
    const step = steps.find(({ status, nextAt }) => status === "waiting" && nextAt <= Date.now());
    if (!step) {
      const isOver = steps.every(({ status }) => status !== "waiting" && status !== "running");
      if (isOver) transaction(() => this.#close(run));
      return isOver;
    }
    const order = createOrder(run, step);
    if (!order) return false;
    const now = Date.now();
    runs.beginStep(step, now);
    const outcome = await attemptStep(perform, order, isUnwanted, stepMs);
    if (isUnwanted.aborted) return false;
    transaction(() => {
      const since = step.attempts === 0 ? now : step.since;
      runs.changeStep(step, settle({ ...step, since }, outcome));
      this.#close(run);
      if (!outcome.ok && outcome.isGone) this.#switchOff(flow, outcome.problem);
    });
    return true;
  }

  /** Where nothing of it is left to do. */
  #close(run: StoredRun): void {
    const { runs, flows } = this.#parts;
    const steps = runs.listSteps(run.id);
    if (steps.some(({ status }) => status === "waiting" || status === "running")) return;
    runs.close(run.id);
    const stored = flows.find(run.flow);
    if (!stored) return;
    const failed = steps.filter(({ status }) => status === "failed" || status === "dead");
    const failures = failed.length > 0 ? stored.failures + 1 : 0;
    flows.change(run.flow, { failures });
    if (failures < LIMITS.flowFailures || !stored.flow.enabled) return;
    const last = failed.at(-1)?.problem ?? "";
    this.#switchOff(run.flow, `It failed ${failures} times in a row. The last time: ${last}`);
  }

  /** What waits of it, its host can send again. */
  #switchOff(flow: string, offBecause: string): void {
    const { runs, flows } = this.#parts;
    const stored = flows.find(flow);
    if (!stored?.flow.enabled) return;
    flows.change(flow, { flow: { ...stored.flow, enabled: false }, offBecause });
    runs.endAll(flow, "dead", "The flow was switched off before.");
  }
}

/** What becomes of an action after an attempt. */
function settle(step: StoredStep, outcome: StepOutcome): StepChange {
  const attempts = step.attempts + 1;
  if (outcome.ok) return { status: "done", attempts };
  const { problem, isFinal, isGone, retryAfter } = outcome;
  if (isGone) return { status: "dead", attempts, problem };
  if (isFinal) return { status: "failed", attempts, problem };
  const mayTry = step.action.do === "webhook" || attempts < OWN_ATTEMPTS;
  const nextAt = mayTry ? nextTry(attempts, step.since, Date.now(), retryAfter) : undefined;
  if (nextAt === undefined) return { status: "dead", attempts, problem };
  return { status: "waiting", attempts, nextAt, problem };
}
