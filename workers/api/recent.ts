/**
 * What this isolate has read, for a moment: a room full of people asks for the same thing within seconds.
 * Other isolates learn of a change when their time is up.
 */
export class Recent<T> {
  readonly #entries = new Map<string, { readonly value: T; readonly until: number }>();
  readonly #believedMs: number;
  readonly #kept: number;

  /** @param believedMs how long a value holds, in milliseconds @param kept values at most */
  constructor(believedMs: number, kept: number) {
    this.#believedMs = believedMs;
    this.#kept = kept;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    return entry && Date.now() < entry.until ? entry.value : undefined;
  }

  set(key: string, value: T): void {
    if (this.#entries.size >= this.#kept) this.#entries.clear();
    this.#entries.set(key, { value, until: Date.now() + this.#believedMs });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
