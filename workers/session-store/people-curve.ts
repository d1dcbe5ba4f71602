import type { SessionHistory } from "./session-history.ts";
import { Throttle } from "./throttle.ts";

/** How many people there are is noted at most this often, in milliseconds. */
const PEOPLE_MS = 10_000;

interface PeopleCurveOptions {
  readonly history: SessionHistory;
  readonly isSession: () => boolean;
  readonly isComplete: () => boolean;
  /** Resolves when all rooms have said how many people they have; throws when one does not answer. */
  readonly becomeComplete: () => Promise<void>;
  readonly countPeople: () => number;
}

/** Notes in the session's course how many people there are, also when the last one has gone. Of the root alone. */
export class PeopleCurve {
  readonly #options: PeopleCurveOptions;
  readonly #notes = new Throttle(PEOPLE_MS, () => this.#note());

  constructor(options: PeopleCurveOptions) {
    this.#options = options;
  }

  /** Something is yet to be noted. */
  get isPending(): boolean {
    return this.#notes.isPending;
  }

  /** People have come or gone. */
  peopleChanged(): void {
    const { history, isComplete, countPeople } = this.#options;
    if (isComplete()) history.countPeople(countPeople(), Date.now());
    this.#notes.schedule();
  }

  async #note(): Promise<void> {
    const { history, isSession, becomeComplete, countPeople } = this.#options;
    try {
      await becomeComplete();
      if (isSession()) history.notePeople(countPeople(), Date.now());
    } catch {
      this.#notes.schedule();
    }
  }
}
