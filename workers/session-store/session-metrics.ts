import { type Metered, writePoint } from "../lib/metrics.ts";
import type { SessionState } from "./session-state.ts";
import type { SyncStorage } from "./sync-storage.ts";

/** How often a session says at most that something happens in it, in milliseconds. */
const SPAN_MS = 5 * 60_000;

interface SessionMetricsOptions {
  readonly env: Metered;
  readonly storage: SyncStorage;
  readonly state: Pick<SessionState, "facts">;
  /** People with an open pipe, everywhere. */
  readonly countPeople: () => number;
  readonly countRooms: () => number;
}

/**
 * Says, where there is a dataset, that a session lives: one data point for each span of time in which something happens
 * in it. So as many sessions live as there are points in a span, and none has to be named. Of the root alone.
 */
export class SessionMetrics {
  readonly #options: SessionMetricsOptions;

  constructor(options: SessionMetricsOptions) {
    this.#options = options;
  }

  /** Something happens in the session. */
  note(): void {
    const { env, storage, state, countPeople, countRooms } = this.#options;
    if (!env.METRICS || !state.facts || state.facts.endedAt !== null) return;
    const span = Math.floor(Date.now() / SPAN_MS);
    // In storage: a root that sleeps in between, or dies, counts once all the same.
    if (storage.get("measured") === span) return;
    storage.put("measured", span);
    const counts = [countPeople(), countRooms()];
    writePoint(env, { worker: "session-store", event: "session", counts });
  }
}
