import { logFailure } from "./log-failure.ts";

/** What a deployment may bind to each Worker, in wrangler's words a dataset of Analytics Engine. An Env that names none is one, too. */
export type Metered = object & { readonly METRICS?: AnalyticsEngineDataset };

/**
 * Something that happened, as docs/operations.md has it. Every text in it is one of ours: a name or a route's pattern,
 * and never what somebody sent, nor a name of a session, a participant, a host.
 */
export interface Point {
  /** The folder of the Worker. */
  readonly worker: string;
  readonly event: "request" | "batch" | "session" | "checkpoint" | "job" | "action" | "model";
  readonly method?: string;
  /** The pattern of a route, or what the clock or a flow did. */
  readonly route?: string;
  /** Of the problem that it ended with. */
  readonly code?: string;
  /** How long it took, by a clock that stands still while a Worker computes: what it waited for. */
  readonly ms?: number;
  /** How many of what, in the order of its event. */
  readonly counts?: readonly number[];
}

/** Writes it where there is a dataset. Nobody waits for it, and it fails nothing. */
export function writePoint({ METRICS }: Metered, point: Point): void {
  if (!METRICS) return;
  const { worker, event, method = "", route = "", code = "", ms = 0, counts = [] } = point;
  try {
    METRICS.writeDataPoint({
      // What is sampled is sampled by this: of what is rare everything is kept, however much there is of the rest.
      indexes: [`${worker} ${route || event}`],
      blobs: [worker, event, method, route, code],
      doubles: [ms, ...counts],
    });
  } catch (error) {
    logFailure("a data point was not written", error);
  }
}
