import { logFailure } from "../lib/log-failure.ts";
import { SharedTimer } from "./shared-timer.ts";

/**
 * Runs something at most once per interval, and only when asked: the first `schedule` after a quiet
 * time runs at once, further ones share the next turn. While nothing is scheduled there is no timer, so
 * that the object can hibernate.
 */
export class Throttle {
  readonly #intervalMs: number;
  readonly #run: () => void | Promise<void>;
  readonly #timer: SharedTimer;
  #lastRun = 0;
  #isRunning = false;
  #isScheduled = false;

  /** @param timer that it has in common with others whose turns come at the same time */
  constructor(intervalMs: number, run: () => void | Promise<void>, timer = new SharedTimer()) {
    this.#intervalMs = intervalMs;
    this.#run = run;
    this.#timer = timer;
  }

  /** Something is waiting for its turn, or has it. */
  get isPending(): boolean {
    return this.#isScheduled || this.#isRunning;
  }

  schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    if (!this.#isRunning) this.#setTimer();
  }

  #setTimer(): void {
    // A clock that was put back makes nobody wait longer than the interval.
    const elapsed = Math.max(0, Date.now() - this.#lastRun);
    this.#timer.set(Math.max(0, this.#intervalMs - elapsed), () => void this.#turn());
  }

  async #turn(): Promise<void> {
    this.#isScheduled = false;
    this.#isRunning = true;
    this.#lastRun = Date.now();
    try {
      await this.#run();
    } catch (error) {
      logFailure("a turn failed", error);
    } finally {
      this.#isRunning = false;
      if (this.#isScheduled) this.#setTimer();
    }
  }
}
