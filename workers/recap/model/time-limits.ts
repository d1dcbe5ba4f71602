import { ModelError } from "./model-error.ts";
import type { ModelPatience } from "./settings.ts";

/** Aborts a request when the model is silent for too long or takes too long in all. Call `stop` in the end. */
export class TimeLimits {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #patience: ModelPatience;
  readonly #whole: ReturnType<typeof setTimeout>;
  #next: ReturnType<typeof setTimeout>;

  /** @param caller aborts it too, with the caller's own reason */
  constructor(patience: ModelPatience, caller: AbortSignal) {
    this.#patience = patience;
    this.signal = AbortSignal.any([caller, this.#controller.signal]);
    this.#whole = this.#abortAfter(patience.whole, "The model took too long to write the recap.");
    this.#next = this.#abortAfter(patience.first, "The model did not answer in time.");
  }

  /** Something came: of the text itself, or only of what goes before it, such as a model's thoughts. */
  renew(hasText: boolean): void {
    this.#wait(hasText ? this.#patience.silence : this.#patience.first);
  }

  /** All that matters came: for what may follow, nobody waits long. */
  finish(): void {
    this.#wait(Math.min(this.#patience.silence, 5000));
  }

  stop(): void {
    clearTimeout(this.#whole);
    clearTimeout(this.#next);
  }

  #wait(ms: number): void {
    clearTimeout(this.#next);
    this.#next = this.#abortAfter(ms, "The model stopped in the middle of the recap.");
  }

  #abortAfter(ms: number, message: string) {
    return setTimeout(() => this.#controller.abort(new ModelError("too_slow", message)), ms);
  }
}
