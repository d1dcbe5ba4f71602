import type { FlowRun, FlowStep } from "../../shared/protocol/flow.ts";
import type { RevintError } from "../client/error.ts";
import { type Action, act, IDLE } from "../ui/action.ts";
import { createStore } from "../ui/store.ts";
import { automations } from "../words/en.ts";
import type { RunService } from "./flow-service.ts";
import { LookAgain } from "./look-again.ts";
import { nameFlowProblem } from "./name-flow-problem.ts";

const words = automations.history;

/** What is being done is looked at again so soon; what is to be done at some time, so long after it, in milliseconds. */
const RUNNING_MS = 1000;
const DUE_SLACK_MS = 500;

interface RunsView extends Action {
  /** The newest first; `undefined`: not read yet. */
  readonly runs: readonly FlowRun[] | undefined;
  /** There are older ones. */
  readonly hasOlder: boolean;
  /** The steps of a run that is tried, or was tried last, as far as they have come. */
  readonly tried: readonly FlowStep[] | undefined;
  readonly isTrying: boolean;
}

/** What one flow has done, as long as somebody looks at it. */
export class RunList {
  readonly view = createStore<RunsView>({
    ...IDLE,
    runs: undefined,
    hasOlder: false,
    tried: undefined,
    isTrying: false,
  });
  readonly #service: RunService;
  readonly #flow: string;
  readonly #looking = new LookAgain(() => this.#look());
  readonly #stopHints: () => void;
  #pages = 1;
  #trying: AbortController | undefined;

  constructor(service: RunService, flow: string) {
    this.#service = service;
    this.#flow = flow;
    this.#stopHints = service.onHint(() => this.#looking.hint());
  }

  open(): void {
    void this.refresh();
  }

  /** What is tried is cancelled with it. */
  close(): void {
    this.#stopHints();
    this.#looking.stop();
    this.cancel();
  }

  refresh(): Promise<void> {
    return this.#act(() => this.#read());
  }

  showOlder(): Promise<void> {
    this.#pages++;
    return this.refresh();
  }

  sendAgain({ id }: FlowRun): Promise<void> {
    return this.#act(async () => {
      const run = await this.#service.sendAgain(this.#flow, id);
      const { runs = [] } = this.view.get();
      this.view.set({ runs: runs.map((each) => (each.id === id ? run : each)), notice: words.sentAgain });
      this.#looking.hint();
    }, automations.problems.nothingFailed);
  }

  tryNow(): Promise<void> {
    return this.#act(async () => {
      const trying = new AbortController();
      this.#trying = trying;
      this.view.set({ tried: [], isTrying: true });
      const hear = (step: FlowStep, index: number) =>
        this.view.set({ tried: put(this.view.get().tried ?? [], index, step) });
      try {
        await this.#service.tryNow(this.#flow, hear, trying.signal);
        this.view.set({ notice: words.tried });
      } catch (error) {
        if (!trying.signal.aborted) throw error;
        this.view.set({ notice: words.cancelled });
      } finally {
        this.view.set({ isTrying: false });
      }
      // Below, it stands among the others; one that was cancelled is so a moment later.
      this.#looking.hint();
      await this.#read().catch(() => {});
    }, automations.problems.isTried);
  }

  cancel(): void {
    this.#trying?.abort(new Error("nobody wants it any more"));
  }

  async #look(): Promise<number | undefined> {
    if (!this.view.get().isBusy) await this.#read();
    return findNext(this.view.get().runs ?? []);
  }

  /** As many pages as were asked for. */
  async #read(): Promise<void> {
    const runs: FlowRun[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < this.#pages && (page === 0 || cursor !== undefined); page++) {
      const next = await this.#service.list(this.#flow, cursor);
      runs.push(...next.runs);
      cursor = next.cursor;
    }
    this.view.set({ runs, hasOlder: cursor !== undefined });
    const wait = findNext(runs);
    if (wait !== undefined) this.#looking.expect(wait);
  }

  /** @param conflict what contradicts it */
  #act(does: () => Promise<void>, conflict: string = automations.problems.refused): Promise<void> {
    const nameProblem = (error: RevintError) =>
      error.code === "conflict" ? conflict : nameFlowProblem(error);
    return act(this.view, nameProblem, does);
  }
}

/** Steps are told in their order, each several times. */
const put = (steps: readonly FlowStep[], index: number, step: FlowStep): readonly FlowStep[] =>
  index < steps.length ? steps.with(index, step) : [...steps, step];

/** How long it is until something of them changes, in milliseconds. */
function findNext(runs: readonly FlowRun[]): number | undefined {
  const steps = runs.flatMap((run) => run.steps);
  if (steps.some(({ status }) => status === "running")) return RUNNING_MS;
  const waiting = steps.filter(({ status }) => status === "waiting");
  if (waiting.length === 0) return undefined;
  // What has no time of its own waits for what has one.
  const times = waiting.flatMap(({ nextAt }) => nextAt ?? []);
  return times.length === 0 ? RUNNING_MS : Math.max(0, Math.min(...times) - Date.now()) + DUE_SLACK_MS;
}
