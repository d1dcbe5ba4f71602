import { phone as words } from "./words/en.ts";

/** Counts are told at most this often, in milliseconds: a screen reader must not talk over the speaker. */
const QUIET_MS = 20_000;

/** Tells a screen reader what others see: the counts of a page, now and then, and last. */
export class CountAnnouncer {
  readonly #announce: (text: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastTotal = 0;
  #total = 0;

  constructor(announce: (text: string) => void) {
    this.#announce = announce;
  }

  /** Another page is shown, and its sum is this: nobody needs to be told what they found there. */
  startOver(total: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#total = total;
    this.#lastTotal = total;
  }

  /** The sum of this page's counts is this now. */
  count(total: number): void {
    this.#total = total;
    if (this.#timer !== undefined || total === this.#lastTotal) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#total === this.#lastTotal) return;
      this.#lastTotal = this.#total;
      this.#announce(words.announceTotals(this.#total));
    }, QUIET_MS);
  }
}
