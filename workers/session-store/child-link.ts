import { Totals } from "../../shared/protocol/totals.ts";

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5000;

/**
 * A parent's side of one child room: what the child reported last, and what it has yet to hear.
 * One call is on its way at a time; it is repeated until the child confirms.
 */
export class ChildLink {
  readonly room: number;
  /** The child's whole subtree. */
  readonly totals = new Totals();
  seq = 0;
  latest = 0;
  people: Readonly<Record<number, number>> = {};
  /** It has reported since this room started. */
  isKnown = false;

  readonly #send: (whole: boolean, pages: ReadonlySet<string>) => Promise<void>;
  #dirtyPages = new Set<string>();
  #isWhole = false;
  #isDirty = false;
  #sending: Promise<void> | undefined;

  constructor(room: number, send: (whole: boolean, pages: ReadonlySet<string>) => Promise<void>) {
    this.room = room;
    this.#send = send;
  }

  /** It has not confirmed everything yet. */
  get isBehind(): boolean {
    return this.#isDirty || this.#sending !== undefined;
  }

  /** Sends what is new: the state always, and the counts of these pages, or of every page. */
  tell(pages: Iterable<string> | "whole" = []): void {
    this.#isDirty = true;
    if (pages === "whole") this.#isWhole = true;
    else for (const page of pages) this.#dirtyPages.add(page);
    this.#sending ??= this.#drain();
  }

  /** Resolves when the child has confirmed all that it was told. */
  async settled(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  /** A restart: what it counted before is gone. */
  forget(): void {
    for (const page of [...this.totals.pages()]) this.totals.setPage(page, {});
  }

  async #drain(): Promise<void> {
    for (let failures = 0; this.#isDirty; ) {
      const pages = this.#dirtyPages;
      const whole = this.#isWhole;
      this.#isDirty = false;
      this.#isWhole = false;
      this.#dirtyPages = new Set();
      try {
        await this.#send(whole, pages);
        failures = 0;
      } catch {
        // The child may or may not have heard it: next time it gets everything.
        this.#isDirty = true;
        this.#isWhole = true;
        const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++);
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    this.#sending = undefined;
  }
}
