import type { FlowRun, FlowStep } from "../../shared/protocol/flow.ts";
import { EventWriter } from "../lib/event-writer.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { createId } from "../lib/random.ts";
import type { StoredFlow } from "./flow-records.ts";
import { type RunRecords, type StoredRun, type StoredStep, toStep } from "./run-records.ts";
import { attemptStep, type PerformStep, type StepOrder } from "./step.ts";

/** A comment this often: that somebody has left is noticed a few of them later, one for each Worker in between. */
const HEARTBEAT_MS = 100;

/** A reader that leaves so much unread has gone. */
const MAX_UNREAD = 256 * 1024;

export interface TryParts {
  readonly runs: RunRecords;
  readonly stepMs: number;
  readonly perform: PerformStep;
  createOrder(run: StoredRun, step: StoredStep): StepOrder | undefined;
  /** All or nothing. */
  transaction(change: () => void): void;
}

/** Runs that hosts try by hand, each for as long as its host listens: an attempt for each step, and no second one. */
export class FlowTries {
  readonly #parts: TryParts;
  /** By flow. */
  readonly #running = new Map<string, AbortController>();

  constructor(parts: TryParts) {
    this.#parts = parts;
  }

  /**
   * Does what a flow does, and tells its steps as server-sent events: `step` for each that changes, at last `run`.
   * @throws ProblemError `conflict`
   */
  open(flow: StoredFlow, epoch = 0): ReadableStream<Uint8Array> {
    const run = this.#begin(flow, epoch);
    const controller = new AbortController();
    const events = new EventWriter({
      heartbeatMs: HEARTBEAT_MS,
      maxUnread: MAX_UNREAD,
      onLeave: () => controller.abort(new Error("nobody listens")),
    });
    this.#running.set(run.flow, controller);
    const tell = (event: "step" | "run", data: object) => events.send(event, data);
    void this.#run(run, controller.signal, tell).finally(() => {
      if (this.#running.get(run.flow) === controller) this.#running.delete(run.flow);
      events.end();
    });
    return events.readable;
  }

  cancel(flow: string): void {
    this.#running.get(flow)?.abort(new Error("nobody wants it any more"));
  }

  cancelAll(): void {
    for (const flow of this.#running.keys()) this.cancel(flow);
  }

  #begin({ id: flow, flow: { do: actions } }: StoredFlow, epoch: number): StoredRun {
    const { runs, transaction } = this.#parts;
    if (runs.hasOpenTry(flow)) throw new ProblemError("conflict", "this flow is being tried already");
    const id = createId();
    const cause = { event: "try" };
    const run = { id, flow, at: Date.now(), cause, depth: 1, epoch, key: `try ${id}`, isTry: true } as const;
    transaction(() => runs.add(run, actions));
    const kept = runs.find(flow, id);
    if (!kept) throw new ProblemError("unavailable", "the run was not kept");
    return kept;
  }

  async #run(
    run: StoredRun,
    isUnwanted: AbortSignal,
    tell: (event: "step" | "run", data: FlowRun | (FlowStep & { readonly index: number })) => void,
  ): Promise<void> {
    const { runs, perform, stepMs, createOrder } = this.#parts;
    const tellStep = (index: number) => {
      const step = runs.listSteps(run.id)[index];
      if (step) tell("step", { index, ...toStep(step) });
    };
    for (const [index, step] of runs.listSteps(run.id).entries()) {
      const order = createOrder(run, step);
      if (isUnwanted.aborted || !order) break;
      runs.beginStep(step, Date.now());
      tellStep(index);
      const outcome = await attemptStep(perform, order, isUnwanted, stepMs);
      // Forgotten meanwhile, or cancelled: the end says which.
      if (isUnwanted.aborted) break;
      const problem = outcome.ok ? {} : { problem: outcome.problem };
      runs.changeStep(step, { status: outcome.ok ? "done" : "failed", attempts: 1, ...problem });
      tellStep(index);
    }
    runs.end(run.id, "cancelled", "Whoever tried it has left.");
    tell("run", runs.describe(run));
  }
}
