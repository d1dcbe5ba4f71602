import { Backoff } from "./backoff.ts";
import { isTransient, type RevintError, toRevintError } from "./error.ts";
import { Pause } from "./pause.ts";

interface Waiting {
  page: string;
  state: string;
  readonly settle: { resolve(version: number): void; reject(error: RevintError): void }[];
}

/**
 * One state is on its way at a time, and behind it only the newest waits: who flips fast skips
 * what nobody would see any more. Those skipped end like the one that took their place.
 */
export class StateSender {
  readonly #send: (page: string, state: string) => Promise<number>;
  readonly #backoff = new Backoff();
  readonly #pause = new Pause();
  #waiting: Waiting | undefined;
  #isSending = false;
  /** Why nothing is sent any more. */
  #closedBy: RevintError | undefined;

  /** @param send throws RevintError; passing ones are tried again */
  constructor(send: (page: string, state: string) => Promise<number>) {
    this.#send = send;
  }

  set(page: string, state: string): Promise<number> {
    const result = new Promise<number>((resolve, reject) => {
      if (this.#closedBy) {
        reject(this.#closedBy);
        return;
      }
      const settle = { resolve, reject };
      this.#waiting = { page, state, settle: [...(this.#waiting?.settle ?? []), settle] };
    });
    // Decks set states without waiting for them; that is no unhandled rejection.
    result.catch(() => {});
    if (!this.#isSending) void this.#run();
    return result;
  }

  /** The service is reachable again: no more waiting. */
  wake(): void {
    this.#backoff.reset();
    this.#pause.skip();
  }

  close(error: RevintError): void {
    this.#closedBy ??= error;
    this.#pause.skip();
    for (const { reject } of this.#waiting?.settle ?? []) reject(error);
    this.#waiting = undefined;
  }

  async #run(): Promise<void> {
    this.#isSending = true;
    while (this.#waiting) {
      const current = this.#waiting;
      this.#waiting = undefined;
      try {
        const version = await this.#send(current.page, current.state);
        this.#backoff.reset();
        for (const { resolve } of current.settle) resolve(version);
      } catch (thrown) {
        await this.#fail(current, toRevintError(thrown));
      }
    }
    this.#isSending = false;
  }

  async #fail(current: Waiting, error: RevintError): Promise<void> {
    if (this.#closedBy || !isTransient(error)) {
      for (const { reject } of current.settle) reject(this.#closedBy ?? error);
      return;
    }
    const newer: Waiting | undefined = this.#waiting;
    this.#waiting = newer ? { ...newer, settle: [...current.settle, ...newer.settle] } : current;
    await this.#pause.wait(this.#backoff.next(error.retryAfter));
  }
}
