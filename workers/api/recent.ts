/**
 * What this isolate has read, for a moment: a room full of people asks for the same thing within seconds.
 * Other isolates learn of a change when their time is up.
 */
export class Recent<T> {
  /** The oldest first. */
  readonly #entries = new Map<string, { readonly value: T; readonly at: number }>();
  readonly #believedMs: number;
  readonly #kept: number;

  /** @param believedMs how long a value holds, in milliseconds @param kept values at most */
  constructor(believedMs: number, kept: number) {
    this.#believedMs = believedMs;
    this.#kept = kept;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    // One that lies ahead is of before the clock stepped back, and would be believed for too long.
    const age = Date.now() - entry.at;
    if (age >= 0 && age < this.#believedMs) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** The oldest makes room. @param at when it was true, in ms since 1970 */
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
