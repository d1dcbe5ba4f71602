/** Full buckets are dropped when this many participants have one, and again when twice as many are left. */
const SWEEP_AT = 4096;

/**
 * Fair use: one bucket per participant, never per address, since a whole venue shares one.
 * Buckets live in memory only; after a hibernation everyone starts with a full one.
 */
export class TokenBuckets {
  readonly #rate: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  #sweepAt = SWEEP_AT;

  /** @param rate tokens a second @param burst tokens at most */
  constructor(rate: number, burst: number) {
    this.#rate = rate;
    this.#burst = burst;
  }

  /** Takes one token. Returns 0 when there was one, else the seconds until there will be. */
  take(participant: string, now: number): number {
    if (this.#buckets.size >= this.#sweepAt) this.#sweep(now);
    const tokens = this.#tokens(participant, now);
    const isOne = tokens >= 1;
    // Also where there is none: of a time that the clock has left again, nothing is to be waited for.
    this.#buckets.set(participant, { tokens: isOne ? tokens - 1 : tokens, at: now });
    return isOne ? 0 : (1 - tokens) / this.#rate;
  }

  #tokens(participant: string, now: number): number {
    const bucket = this.#buckets.get(participant);
    if (!bucket) return this.#burst;
    const elapsed = Math.max(0, now - bucket.at) / 1000;
    return Math.min(this.#burst, bucket.tokens + elapsed * this.#rate);
  }

  #sweep(now: number): void {
    for (const participant of this.#buckets.keys()) {
      if (this.#tokens(participant, now) >= this.#burst) this.#buckets.delete(participant);
    }
    // In a crowd whose buckets are not full yet, nobody looks through all of them for every token.
    this.#sweepAt = Math.max(SWEEP_AT, 2 * this.#buckets.size);
  }
}
