import { Retries } from "../../retries.ts";
import { Throttle } from "../../throttle.ts";
import type { ActivityBoard } from "./activity-board.ts";
import { NO_QUESTIONS, type QuizQuestions } from "./quiz-questions.ts";
import { type Sums, sumUp } from "./sums.ts";

/** All rooms are asked at most this often, in milliseconds. */
const INTERVAL_MS = 1000;

interface ScoreSettlerOptions {
  readonly board: ActivityBoard;
  readonly questions: QuizQuestions;
  /** What all rooms have. Throws when one does not answer. */
  readonly sum: () => Promise<Sums>;
  /** They are on the board: everybody is to hear it. */
  readonly onSettled: () => void;
  /** Makes sure that it goes on, even if this object dies first. */
  readonly guard: () => void;
}

/** Sums up the quiz, whenever other questions count than at the last time. Of the root alone. */
export class ScoreSettler {
  readonly #options: ScoreSettlerOptions;
  readonly #turns = new Throttle(INTERVAL_MS, () => this.#settle());
  readonly #retries = new Retries(() => this.schedule());
  #turn = Promise.withResolvers<void>();
  /** How often the same questions have got other points: what was asked for before is old then. */
  #changes = 0;

  constructor(options: ScoreSettlerOptions) {
    this.#options = options;
  }

  get isPending(): boolean {
    return this.#turns.isPending || this.#retries.isPending;
  }

  /** The rooms are asked soon, if there is something to ask. */
  schedule(): void {
    if (!this.#isDue) return;
    this.#options.guard();
    this.#turns.schedule();
  }

  /** Somebody's answers do not count any more, or count again. */
  invalidate(): void {
    if (this.#options.questions.all.length === 0) return;
    this.#changes++;
    this.#options.board.invalidateStandings();
    this.schedule();
  }

  /** Resolves when the board has what counts now. However many ask, the rooms are not asked more often. Throws when one does not answer. */
  async becomeSettled(): Promise<void> {
    if (!this.#isDue) return;
    this.schedule();
    await this.#turn.promise;
    if (this.#isDue) throw new Error("a room did not answer");
  }

  get #isDue(): boolean {
    const { board, questions } = this.#options;
    const { standings } = board;
    return standings?.isStale === true || (standings?.questions ?? NO_QUESTIONS) !== questions.name;
  }

  async #settle(): Promise<void> {
    let isAnswered = true;
    try {
      if (this.#isDue) await this.#sum();
      this.#retries.reset();
    } catch {
      isAnswered = false;
    }
    const turn = this.#turn;
    this.#turn = Promise.withResolvers<void>();
    turn.resolve();
    // Where a room did not answer all are asked again, less and less often unless somebody wants to know.
    if (isAnswered) this.schedule();
    else this.#retries.schedule();
  }

  async #sum(): Promise<void> {
    const { board, questions, sum, onSettled } = this.#options;
    const changes = this.#changes;
    const sums = questions.all.length === 0 ? sumUp(NO_QUESTIONS, []) : await sum();
    if (sums.questions !== questions.name || changes !== this.#changes) return;
    board.setStandings(sums, Date.now());
    onSettled();
  }
}
