import type { Flow, FlowRun, FlowRuns, FlowStep, NewFlow, SavedFlow } from "../../shared/protocol/flow.ts";
import type { Fields } from "../client/fields.ts";

/*
 * What keeps flows, as the list of them needs it: a session, or a talk that is prepared. All of it throws RevintError. What
 * is to be written may come from somebody's own JSON: whether it is a flow, the service says.
 */
export interface FlowService {
  list(): Promise<readonly Flow[]>;
  /** In place of the one with this id. What is secret is told once, when it is made. */
  save(id: string, flow: NewFlow | Fields): Promise<SavedFlow>;
  /** All of them or none, each in place of the one with its id; what else is there stays. */
  saveAll(flows: readonly WrittenFlow[]): Promise<readonly SavedFlow[]>;
  remove(id: string): Promise<void>;
  /** Left out where flows only wait for their session. */
  readonly runs?: RunService;
}

/** A flow as somebody has written it, and its id. */
export interface WrittenFlow {
  readonly id: string;
  readonly flow: Fields;
}

/** What flows have done, and what can be done about it. */
export interface RunService {
  /** The newest first. @param cursor where the page before ended */
  list(flow: string, cursor?: string): Promise<FlowRuns>;
  /** Has done again what has failed of it. */
  sendAgain(flow: string, run: string): Promise<FlowRun>;
  /** Does it now, whatever happens, and tells each step that changes. Resolves once it is over; the signal cancels it. */
  tryNow(flow: string, onStep: (step: FlowStep, index: number) => void, signal: AbortSignal): Promise<void>;
  /** Calls back when something has happened that may set a flow off. The returned function stops it. */
  onHint(listener: () => void): () => void;
}
