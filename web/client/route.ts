import { spread } from "./backoff.ts";
import type { RevintError } from "./error.ts";

export type Way = "socket" | "events";

/** What became of one connection. */
export interface Attempt {
  readonly way: Way;
  /** From the first message to its end; 0 when there was none. */
  readonly lastedMs: number;
  readonly error: RevintError;
}

/** A connection that lasted this long was a good one. */
export const GOOD_MS = 5000;
/** Sockets that may fail in a row before server-sent events get their chance. */
const FAILURES = 2;
const FIRST_PROBE_MS = 10_000;
const MOST_PROBE_MS = 5 * 60_000;

/**
 * Which way to try next. Sockets are better, but some networks break them: they never open, or
 * they open and die. Then events take over, and a socket is tried now and then beside them.
 */
export class Route {
  readonly mayUseSockets: boolean;
  #failures = 0;
  #probes = 0;

  constructor(mayUseSockets: boolean) {
    this.mayUseSockets = mayUseSockets;
  }

  next(): Way {
    return this.mayUseSockets && this.#failures < FAILURES ? "socket" : "events";
  }

  report({ way, lastedMs, error }: Attempt): void {
    if (way === "socket") {
      this.#failures = lastedMs < GOOD_MS ? this.#failures + 1 : 0;
      if (lastedMs >= GOOD_MS) this.#probes = 0;
    } else if (lastedMs === 0) {
      // Without a network the sockets were not to blame; with one, they get another try too.
      this.#failures = error.code === "network" ? 0 : FAILURES - 1;
    }
  }

  /** Milliseconds until a socket is tried beside the events; undefined: never. */
  probeIn(): number | undefined {
    if (!this.mayUseSockets) return undefined;
    return spread(Math.min(MOST_PROBE_MS, FIRST_PROBE_MS * 2 ** this.#probes++));
  }
}
