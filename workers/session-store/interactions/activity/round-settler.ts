import { Retries } from "../../retries.ts";
import { Throttle } from "../../throttle.ts";
import type { ActivityBoard } from "./activity-board.ts";

interface RoundSettlerOptions {
  readonly board: ActivityBoard;
  /**
   * Has every room hear of what is over, and then count anew: the rounds that were over before are final then. Throws
   * when a room does not answer.
   */
  readonly recount: () => Promise<void>;
  /** Makes sure that it goes on, even if this object dies first. */
  readonly guard: () => void;
}

/**
 * Makes counts of closed rounds final. A room takes answers until it knows that the round is over, so all rooms are told
 * and asked to count anew; after that, nothing that anybody has acknowledged is missing. Of the root alone.
 */
export class RoundSettler {
  readonly #options: RoundSettlerOptions;
  /** One at a time, and at once: everybody waits for it. */
  readonly #turns = new Throttle(0, () => this.#settle());
  readonly #retries = new Retries(() => this.schedule());

  constructor(options: RoundSettlerOptions) {
    this.#options = options;
  }

  /** Some rounds are over, and not final yet. */
  get isPending(): boolean {
    return this.#turns.isPending || this.#retries.isPending;
  }

  /** Whatever is over becomes final soon. */
  schedule(): void {
    if (this.#options.board.listUnsettled().length === 0) return;
    this.#options.guard();
    this.#turns.schedule();
  }

  async #settle(): Promise<void> {
    const { board, recount } = this.#options;
    if (board.listUnsettled().length === 0) return;
    try {
      await recount();
    } catch {
      // A room did not answer: all are asked again.
      this.#retries.schedule();
      return;
    }
    this.#retries.reset();
    // Others may have been closed meanwhile.
    this.schedule();
  }
}
