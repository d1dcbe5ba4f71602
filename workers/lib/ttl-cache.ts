/**
 * Keeps what this isolate has read for a short time, since a room full of people asks for the same thing within seconds.
 * A change that another isolate makes is seen here when the time is over.
 */
export class TtlCache<T> {
  /** The oldest first. */
  readonly #entries = new Map<string, { readonly value: T; readonly at: number; readonly weight: number }>();
  readonly #ttlMs: number;
  readonly #most: number;
  readonly #weigh: (value: T) => number;
  /** Of all of them. */
  #weight = 0;

  /**
   * @param ttlMs how long a value is used, in milliseconds
   * @param most what all values may weigh together
   * @param weigh of one; left out, each weighs 1
   */
  constructor(ttlMs: number, most: number, weigh: (value: T) => number = () => 1) {
    this.#ttlMs = ttlMs;
    this.#most = most;
    this.#weigh = weigh;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    // A negative age: the clock has stepped back since, and the value would be used for too long.
    const age = Date.now() - entry.at;
    if (age >= 0 && age < this.#ttlMs) return entry.value;
    this.delete(key);
    return undefined;
  }

  /** Where it is full, the oldest values go. One that has no room alone is not kept. @param at when the value was read, in ms since 1970 */
  set(key: string, value: T, at = Date.now()): void {
    this.delete(key);
    const weight = this.#weigh(value);
    if (weight > this.#most) return;
    for (const oldest of this.#entries.keys()) {
      if (this.#weight + weight <= this.#most) break;
      this.delete(oldest);
    }
    this.#entries.set(key, { value, at, weight });
    this.#weight += weight;
  }

  delete(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }

  deleteAll(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.delete(key);
  }
}
