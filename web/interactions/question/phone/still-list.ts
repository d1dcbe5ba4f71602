import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { createStore } from "../../../ui/store.ts";
import { countChanges } from "./changes.ts";

/** Hands that have done nothing for so long are off the list. */
const STILL_MS = 2000;

/** A list as somebody sees it. */
export interface Shown {
  readonly questions: readonly LiveQuestion[];
  /** Those that are not to be seen any more, and whose place is kept for now. */
  readonly gone: ReadonlySet<string>;
  /** How much is different by now. */
  readonly waiting: number;
}

interface Options {
  /** Whether a keyboard is in the list. */
  readonly isFocused: () => boolean;
  /** Called right before something may move. */
  readonly beforeMove: () => void;
}

/**
 * Nothing moves under a finger: while somebody is on the list, or has just been, it stays as it is but for its votes and
 * what is taken away, and everything else waits until they are not, or ask for it.
 */
export class StillList {
  readonly shown = createStore<Shown>({ questions: [], gone: new Set(), waiting: 0 });
  readonly #options: Options;
  #next: readonly LiveQuestion[] = [];
  #touchedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** @param questions as they are to be seen, in their order */
  hear(questions: readonly LiveQuestion[]): void {
    this.#next = questions;
    const next = new Map(questions.map((question) => [question.id, question]));
    const shown = this.shown.get().questions;
    const counted = shown.map((question) => {
      const votes = next.get(question.id)?.votes ?? question.votes;
      return votes === question.votes ? question : { ...question, votes };
    });
    const gone = shown.filter(({ id }) => !next.has(id)).map(({ id }) => id);
    this.#look({ questions: counted, gone: new Set(gone), waiting: countChanges(counted, questions) });
  }

  /** Somebody is on it, or leaves it now. */
  touch(): void {
    this.#touchedAt = performance.now();
    if (this.shown.get().waiting > 0) this.#schedule();
  }

  /** Shows everything as it is by now, since somebody wants it. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#options.beforeMove();
    this.shown.set({ questions: this.#next, gone: new Set(), waiting: 0 });
  }

  /** @param still the list as it stays while somebody is on it */
  #look(still: Shown): void {
    if (still.waiting > 0 && !this.#isHeld()) {
      this.settle();
      return;
    }
    this.shown.set(still);
    if (still.waiting > 0) this.#schedule();
    else clearTimeout(this.#timer);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const wait = this.#touchedAt + STILL_MS - performance.now();
    // Who is in it with a keyboard leaves it some time, and is heard of then.
    this.#timer = setTimeout(() => !this.#isHeld() && this.settle(), Math.max(0, wait));
  }

  #isHeld(): boolean {
    return performance.now() - this.#touchedAt < STILL_MS || this.#options.isFocused();
  }
}
