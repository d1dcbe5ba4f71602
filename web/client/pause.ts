/** A wait that can be cut short. One at a time. */
export class Pause {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #resume: (() => void) | undefined;

  wait(ms: number): Promise<void> {
    this.skip();
    return new Promise((resolve) => {
      this.#resume = resolve;
      this.#timer = setTimeout(() => this.skip(), ms);
    });
  }

  /** Ends the wait now, if there is one. */
  skip(): void {
    clearTimeout(this.#timer);
    this.#resume?.();
    this.#resume = undefined;
  }
}
