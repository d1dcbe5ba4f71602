import type { QuizQuestion } from "../../../lib/quiz.ts";
import type { ActivityBoard } from "./activity-board.ts";
import { getRound, getTopic, type StoredActivity } from "./stored-activity.ts";

/**
 * What an activity asks in the quiz: something is right, it is closed, and the host has revealed it. Its last round
 * counts alone: a round that replaces another replaces its points.
 */
export function findQuestion(activity: StoredActivity): QuizQuestion | undefined {
  const { definition, status } = activity;
  const round = getRound(activity);
  const isRight = "correct" in definition && definition.correct !== undefined;
  if (!isRight || status !== "closed" || !round?.isRevealed) return undefined;
  // Points fall over the time that people had.
  const { seconds = definition.seconds } = round;
  return { topic: getTopic(activity, round), definition: { ...definition, seconds } };
}

/** The name of no questions. */
export const NO_QUESTIONS = "[]";

/** All questions of the quiz that count at this moment. Every room finds them on its own board. */
export class QuizQuestions {
  readonly #board: ActivityBoard;
  #found: { changes: number; all: readonly QuizQuestion[]; name: string } | undefined;

  constructor(board: ActivityBoard) {
    this.#board = board;
  }

  get all(): readonly QuizQuestion[] {
    return this.#find().all;
  }

  /** Another one whenever somebody's points may be others: another question, another answer that is right, another time. */
  get name(): string {
    return this.#find().name;
  }

  #find() {
    const { changes, all: activities } = this.#board;
    if (this.#found?.changes === changes) return this.#found;
    const all = activities.flatMap((activity) => findQuestion(activity) ?? []);
    const name = JSON.stringify(
      all.map(({ topic, definition }) => [
        topic,
        "correct" in definition ? definition.correct : undefined,
        definition.seconds,
      ]),
    );
    this.#found = { changes, all, name };
    return this.#found;
  }
}
