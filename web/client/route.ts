import { spread } from "./backoff.ts";
import type { RevintError } from "./error.ts";

/** How messages come, the best first: a socket, server-sent events, or by asking again and again. */
export const TRANSPORTS = ["socket", "events", "polls"] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** What became of one connection. */
export interface Attempt {
  readonly transport: Transport;
  /** From the first message to its end; 0 when there was none. */
  readonly lastedMs: number;
  readonly error: RevintError;
  /** It was there and nothing came: something on the way holds it back. */
  readonly isSilent?: boolean;
}

/** A connection that lasted this long was a good one. */
export const GOOD_MS = 5000;
/** Sockets that may fail in a row before server-sent events get their chance. */
const FAILURES = 2;
const FIRST_PROBE_MS = 10_000;
const MOST_PROBE_MS = 5 * 60_000;

/**
 * Which way to try next. Sockets are better, but some networks break them: they never open, or
 * they open and die. Then events take over, and where something holds those back too, polls do.
 * What is better is tried now and then beside them.
 */
export class Route {
  readonly mayUseSockets: boolean;
  #failures = 0;
  #isHeldBack = false;
  #probes = 0;

  constructor(mayUseSockets: boolean) {
    this.mayUseSockets = mayUseSockets;
  }

  next(): Transport {
    if (this.mayUseSockets && this.#failures < FAILURES) return "socket";
    return this.#isHeldBack ? "polls" : "events";
  }

  report({ transport, lastedMs, error, isSilent }: Attempt): void {
    if (transport === "socket") {
      this.#failures = lastedMs < GOOD_MS ? this.#failures + 1 : 0;
      if (lastedMs >= GOOD_MS) this.#probes = 0;
    } else if (transport === "events" && isSilent) {
      this.#isHeldBack = true;
    } else if (lastedMs === 0) {
      // Without a network nothing was to blame; with one, sockets get another try too.
      this.#failures = error.code === "network" ? 0 : FAILURES - 1;
      this.#isHeldBack = false;
    }
  }

  /** Milliseconds until something better is tried beside this; undefined: there is nothing. */
  probeIn(transport: Transport): number | undefined {
    if (transport === "socket" || (!this.mayUseSockets && transport === "events")) return undefined;
    return spread(Math.min(MOST_PROBE_MS, FIRST_PROBE_MS * 2 ** this.#probes++));
  }
}
