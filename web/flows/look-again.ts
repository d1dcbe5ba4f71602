import { isHidden, onWake } from "../client/wake.ts";

/** A flow acts a second or a few after what has set it off: so soon, and for so long, it is worth a look, in milliseconds. */
const SOON_MS = 1500;
const SETTLED_MS = 8000;
/** What is due later is looked for this often at least: the clocks of page and service may differ. */
const LONGEST_MS = 60_000;
/** After a look that failed. */
const RETRY_MS = 5000;

/** Looks once more for some seconds after a hint, and as long as something is due; else never. */
export class LookAgain {
  readonly #look: () => Promise<number | undefined>;
  readonly #stopWaking = onWake(() => this.hint());
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #until = 0;
  #isStopped = false;

  /** @param look resolves with how long it is until something more is due, in milliseconds; undefined: nothing is */
  constructor(look: () => Promise<number | undefined>) {
    this.#look = look;
  }

  /** Something may have happened. */
  hint(): void {
    this.#until = performance.now() + SETTLED_MS;
    this.#plan(SOON_MS);
  }

  /** Something is due. */
  expect(waitMs: number): void {
    this.#plan(Math.min(waitMs, LONGEST_MS));
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopWaking();
    clearTimeout(this.#timer);
  }

  /** What is planned earlier stays: hints may come all the time. */
  #plan(waitMs: number): void {
    const dueAt = performance.now() + waitMs;
    if (this.#isStopped || dueAt >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => void this.#run(), waitMs);
  }

  async #run(): Promise<void> {
    // Whoever comes back to the page wakes it.
    if (isHidden()) this.#dueAt = Number.POSITIVE_INFINITY;
    if (isHidden()) return;
    const wait = await this.#look().catch(() => RETRY_MS);
    this.#dueAt = Number.POSITIVE_INFINITY;
    if (wait !== undefined) this.expect(wait);
    if (performance.now() < this.#until) this.#plan(SOON_MS);
  }
}
