import type { QuizQuestion, Scores } from "../../../lib/quiz.ts";
import type { SessionState } from "../../session-state.ts";
import type { QuizQuestions } from "./quiz-questions.ts";

interface OwnScoresOptions {
  readonly state: SessionState;
  readonly questions: QuizQuestions;
  /** Resolves when nothing that came in by now is on its way to the ledger. */
  readonly settled: () => Promise<void>;
  /** What the ledger has. Throws when it does not answer. */
  readonly readScores: (questions: readonly QuizQuestion[]) => Promise<Scores>;
}

/** What the people of one room have in the quiz, as its ledger has said it. */
export class OwnScores {
  readonly #options: OwnScoresOptions;
  #known: { readonly questions: string; readonly points: ReadonlyMap<string, number> } | undefined;
  #knowing: Promise<void> | undefined;
  #readings = 0;

  constructor(options: OwnScoresOptions) {
    this.#options = options;
  }

  /** Points by participant, of the questions that count now; undefined where they are not known. */
  get points(): ReadonlyMap<string, number> | undefined {
    return this.#known?.questions === this.#options.questions.name ? this.#known.points : undefined;
  }

  /** Knows them. Throws when the ledger does not answer. */
  async becomeKnown(): Promise<void> {
    if (this.points) return;
    this.#knowing ??= this.read().then(
      () => {
        this.#knowing = undefined;
      },
      (error) => {
        this.#knowing = undefined;
        throw error;
      },
    );
    await this.#knowing;
  }

  /** Asks the ledger, whatever it has said before. Throws when it does not answer, or where the session was restarted meanwhile. */
  async read(): Promise<Scores> {
    const { state, questions, settled, readScores } = this.#options;
    const { all, name } = questions;
    const moment = state.capture();
    const reading = ++this.#readings;
    await settled();
    const scores = all.length === 0 ? [] : await readScores(all);
    if (!state.isCurrent(moment)) throw new Error("the session has begun anew");
    // Of two answers the one that was asked for last is the newer one.
    if (reading === this.#readings) {
      const named = scores.flatMap(({ participant, points }) =>
        participant === null ? [] : [[participant, points] as const],
      );
      this.#known = { questions: name, points: new Map(named) };
    }
    return scores;
  }

  clear(): void {
    this.#known = undefined;
    this.#readings++;
  }
}
