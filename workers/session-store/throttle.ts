import { logFailure } from "../lib/log-failure.ts";

/**
 * Runs something at most once per interval, and only when asked: the first `schedule` after a quiet
 * time runs at once, further ones share the next turn. While nothing is scheduled there is no timer, so
 * that the object can hibernate.
 */
export class Throttle {
  readonly #intervalMs: number;
  readonly #run: () => void | Promise<void>;
  #lastRun = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRunning = false;
  #isScheduled = false;

  constructor(intervalMs: number, run: () => void | Promise<void>) {
    this.#intervalMs = intervalMs;
    this.#run = run;
  }

  /** Something is waiting for its turn, or has it. */
  get isPending(): boolean {
    return this.#isScheduled || this.#isRunning;
  }

  schedule(): void {
    this.#isScheduled = true;
    if (this.#timer === undefined && !this.#isRunning) this.#startTimer();
  }

  #startTimer(): void {
    // A clock that was put back makes nobody wait longer than the interval.
    const elapsed = Math.max(0, Date.now() - this.#lastRun);
    this.#timer = setTimeout(() => void this.#turn(), Math.max(0, this.#intervalMs - elapsed));
  }

  async #turn(): Promise<void> {
    this.#timer = undefined;
    this.#isScheduled = false;
    this.#isRunning = true;
    this.#lastRun = Date.now();
    try {
      await this.#run();
    } catch (error) {
      logFailure("a turn failed", error);
    } finally {
      this.#isRunning = false;
      if (this.#isScheduled) this.#startTimer();
    }
  }
}
