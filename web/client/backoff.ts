const FIRST_MS = 1000;
const MOST_MS = 15_000;
/** Whatever the service asks for, nobody waits longer. */
export const MOST_ASKED_S = 120;

/**
 * How long to wait before the next try: doubling from half a second to 15 seconds, with half of it
 * random, so that those who lost the service together don't come back together.
 */
export class Backoff {
  #tries = 0;

  /** @returns milliseconds; at least `retryAfter` seconds, where the service asked for that, and up to a quarter more */
  next(retryAfter = 0): number {
    const most = Math.min(MOST_MS, FIRST_MS * 2 ** this.#tries++);
    const asked = Math.min(retryAfter, MOST_ASKED_S) * 1000;
    return Math.max(spread(most), asked + Math.random() * Math.max(FIRST_MS, asked / 4));
  }

  reset(): void {
    this.#tries = 0;
  }
}

/** A random time between half of it and all of it. */
export const spread = (ms: number): number => (ms / 2) * (1 + Math.random());
