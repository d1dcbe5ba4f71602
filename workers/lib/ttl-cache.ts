/**
 * Keeps what this isolate has read for a short time, since a room full of people asks for the same thing within seconds.
 * A change that another isolate makes is seen here when the time is over.
 */
export class TtlCache<T> {
  /** The oldest first. */
  readonly #entries = new Map<string, { readonly value: T; readonly at: number }>();
  readonly #ttlMs: number;
  readonly #kept: number;

  /** @param ttlMs how long a value is used, in milliseconds @param kept values at most */
  constructor(ttlMs: number, kept: number) {
    this.#ttlMs = ttlMs;
    this.#kept = kept;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    // A negative age: the clock has stepped back since, and the value would be used for too long.
    const age = Date.now() - entry.at;
    if (age >= 0 && age < this.#ttlMs) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** Where it is full, the oldest value goes. @param at when the value was read, in ms since 1970 */
  set(key: string, value: T, at = Date.now()): void {
    this.#entries.delete(key);
    const [oldest] = this.#entries.size >= this.#kept ? this.#entries.keys() : [];
    if (oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(key, { value, at });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  deleteAll(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.#entries.delete(key);
  }
}
