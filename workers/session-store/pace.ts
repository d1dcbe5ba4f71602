/** How often something happened within the last minute or so, to the second. In memory only. */
export class Pace {
  readonly #windowMs: number;
  readonly #seconds = new Map<number, number>();
  #count = 0;

  /** @param windowMs how long it is looked back */
  constructor(windowMs = 60_000) {
    this.#windowMs = windowMs;
  }

  add(now: number): void {
    const second = Math.floor(now / 1000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + 1);
    this.#count++;
  }

  count(now: number): number {
    for (const [second, count] of this.#seconds) {
      const age = now - second * 1000;
      // What lies ahead is of a clock that was put back.
      if (age >= 0 && age < this.#windowMs + 1000) continue;
      this.#seconds.delete(second);
      this.#count -= count;
    }
    return this.#count;
  }

  /** Seconds until the oldest of them counts no more. */
  wait(now: number): number {
    const oldest = Math.min(...this.#seconds.keys());
    const wait = Math.ceil((oldest * 1000 + this.#windowMs + 1000 - now) / 1000);
    return Number.isFinite(wait) ? Math.min(this.#windowMs / 1000, Math.max(1, wait)) : 1;
  }

  clear(): void {
    this.#seconds.clear();
    this.#count = 0;
  }
}
