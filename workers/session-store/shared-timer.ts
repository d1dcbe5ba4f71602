interface Due {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly waitMs: number;
}

/**
 * The one timer of what a room does in turns. To wake an object costs more than most of its turns do, so that those which
 * come due together have one wake in common. While nothing is due there is no timer, so that the object can hibernate.
 */
export class SharedTimer {
  readonly #due = new Map<() => void, Due>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer goes off; in the past while what is due runs: what that sets waits for the next timer, too. */
  #ringsAt = Number.POSITIVE_INFINITY;

  /** Runs it once, in so many milliseconds. */
  set(waitMs: number, run: () => void): void {
    const at = Date.now() + waitMs;
    this.#due.set(run, { at, waitMs });
    if (at < this.#ringsAt) this.#arm(at, waitMs);
  }

  #arm(at: number, waitMs: number): void {
    clearTimeout(this.#timer);
    this.#ringsAt = at;
    this.#timer = setTimeout(() => this.#ring(), waitMs);
  }

  #ring(): void {
    // The clock may have been put back.
    const until = Math.max(Date.now(), this.#ringsAt);
    this.#ringsAt = Number.NEGATIVE_INFINITY;
    const due = [...this.#due].filter(([, { at }]) => at <= until).map(([run]) => run);
    for (const run of due) this.#due.delete(run);
    try {
      for (const run of due) run();
    } finally {
      this.#ringsAt = Number.POSITIVE_INFINITY;
      this.#armNext();
    }
  }

  #armNext(): void {
    const [next] = [...this.#due.values()].sort((one, other) => one.at - other.at);
    // Nobody waits longer than was said.
    if (next) this.#arm(next.at, Math.min(Math.max(0, next.at - Date.now()), next.waitMs));
  }
}
