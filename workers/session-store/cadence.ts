/**
 * Runs something at most once per interval, and only when asked: the first `touch` after a quiet
 * time runs at once, further ones share the next turn. Without a touch there is no timer, so that
 * the object can hibernate.
 */
export class Cadence {
  readonly #intervalMs: number;
  readonly #run: () => void | Promise<void>;
  #lastRun = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #touched = false;

  constructor(intervalMs: number, run: () => void | Promise<void>) {
    this.#intervalMs = intervalMs;
    this.#run = run;
  }

  /** Something is waiting for its turn. */
  get isPending(): boolean {
    return this.#touched || this.#running;
  }

  touch(): void {
    this.#touched = true;
    if (this.#timer === undefined && !this.#running) this.#schedule();
  }

  #schedule(): void {
    // A clock that was put back makes nobody wait longer than ever.
    const elapsed = Math.max(0, Date.now() - this.#lastRun);
    const wait = Math.max(0, this.#intervalMs - elapsed);
    this.#timer = setTimeout(() => void this.#turn(), wait);
  }

  async #turn(): Promise<void> {
    this.#timer = undefined;
    this.#touched = false;
    this.#running = true;
    this.#lastRun = Date.now();
    try {
      await this.#run();
    } finally {
      this.#running = false;
      if (this.#touched) this.#schedule();
    }
  }
}
