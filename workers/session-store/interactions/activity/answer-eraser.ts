import type { SyncStorage } from "../../sync-storage.ts";
import { Throttle } from "../../throttle.ts";

/** A ledger that did not answer is asked again this often, in milliseconds. */
const RETRY_MS = 1000;

interface AnswerEraserOptions {
  readonly storage: SyncStorage;
  /** Resolves when nothing that came in by now is on its way to the ledger. */
  readonly settled: () => Promise<void>;
  /** Throws when the ledger does not answer. */
  readonly eraseTopics: (topics: readonly string[]) => Promise<void>;
  /** Makes sure that it goes on, even if this object dies first. */
  readonly guard: () => void;
}

/** Has a room's ledger erase the answers to what is gone. What is to be erased is in storage until the ledger has done it. */
export class AnswerEraser {
  readonly #options: AnswerEraserOptions;
  readonly #turns = new Throttle(RETRY_MS, () => this.#erase());

  constructor(options: AnswerEraserOptions) {
    this.#options = options;
  }

  /** Something is yet to be erased. */
  get isPending(): boolean {
    return this.#turns.isPending;
  }

  /** Nothing is taken for these topics any more, and what was answered goes. */
  erase(topics: readonly string[]): void {
    if (topics.length === 0) return;
    this.#options.storage.put("gone", [...this.#topics, ...topics]);
    this.resume();
  }

  /** An earlier life of the room may have left something to erase. */
  resume(): void {
    if (this.#topics.length === 0) return;
    this.#options.guard();
    this.#turns.schedule();
  }

  /** A restart: the ledger is emptied anyway. */
  startOver(): void {
    this.#options.storage.delete("gone");
  }

  get #topics(): readonly string[] {
    return this.#options.storage.get<string[]>("gone") ?? [];
  }

  async #erase(): Promise<void> {
    const { storage, settled, eraseTopics } = this.#options;
    const topics = this.#topics;
    if (topics.length === 0) return;
    try {
      // What was taken before is on its way to the ledger, and must not arrive there last.
      await settled();
      await eraseTopics(topics);
    } catch {
      this.resume();
      return;
    }
    const erased = new Set(topics);
    const left = this.#topics.filter((topic) => !erased.has(topic));
    // A room that was erased meanwhile leaves nothing behind.
    if (left.length > 0) storage.put("gone", left);
    else storage.delete("gone");
    this.resume();
  }
}
