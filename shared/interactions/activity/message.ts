import type { IdentifiedAnswer, LiveActivity } from "./activity.ts";
import type { Score } from "./ranking.ts";
import type { Tally } from "./tally.ts";

/** An answer on a pipe. */
export interface AnswerMessage extends IdentifiedAnswer {
  readonly type: "answer";
}

/** Activities that were added, changed, opened, closed or revealed. With `whole`, what is not named is not there. */
export interface ActivitiesMessage {
  readonly type: "activities";
  readonly activities: readonly LiveActivity[];
  /** The ids of those that are gone. */
  readonly removed?: readonly string[] | undefined;
  readonly whole?: true | undefined;
}

/** How whoever hears it stands in the quiz. Rank 0: nothing of theirs counts any more. */
export interface ScoreMessage extends Score {
  readonly type: "score";
}

/** The tallies that changed, by activity; what is said of one is complete and absolute. */
export interface TalliesMessage {
  readonly type: "tallies";
  readonly tallies: Readonly<Record<string, Tally>>;
}
