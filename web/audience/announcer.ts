import { audience as words } from "../words/en.ts";

/** Counts are told at most this often, in milliseconds: a screen reader must not talk over the speaker. */
const QUIET_MS = 20_000;

/** Tells a screen reader what others see: a new page at once, the counts now and then, and last. */
export class Announcer {
  readonly #say: (text: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastTotal = 0;
  #total = 0;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  tellPage(title: string, total: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#total = total;
    this.#lastTotal = total;
    this.#say(words.announcePage(title));
  }

  tell(text: string): void {
    this.#say(text);
  }

  /** The sum of this page's counts is this now. */
  count(total: number): void {
    this.#total = total;
    if (this.#timer !== undefined || total === this.#lastTotal) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#total === this.#lastTotal) return;
      this.#lastTotal = this.#total;
      this.#say(words.announceTotals(this.#total));
    }, QUIET_MS);
  }
}
