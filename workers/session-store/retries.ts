/** In milliseconds. */
const FIRST_WAIT_MS = 1000;
const LAST_WAIT_MS = 30_000;

/** Waits before something that has failed is tried again, longer after each failure. While nothing has failed there is no timer. */
export class Retries {
  readonly #run: () => void;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(run: () => void) {
    this.#run = run;
  }

  get isPending(): boolean {
    return this.#timer !== undefined;
  }

  /** It has failed. */
  schedule(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures++);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#run();
    }, wait);
  }

  /** It has succeeded: the next failure is the first one. */
  reset(): void {
    this.#failures = 0;
  }
}
