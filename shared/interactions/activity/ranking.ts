/** How somebody stands in the quiz: over all questions that were revealed. */
export interface Score {
  readonly points: number;
  /** From 1. Equal points share a rank, and the next rank counts on: 1, 2, 2, 4. */
  readonly rank: number;
}

export interface RankedPerson extends Score {
  /** Left out where they have given none. */
  readonly name?: string | undefined;
}

/** `GET …/activities/{activity}/ranking`. */
export interface Ranking {
  /** Best first. */
  readonly top: readonly RankedPerson[];
  /** Who has answered one of the questions. */
  readonly people: number;
  /** The caller's own; left out where they have answered none. */
  readonly mine?: Score | undefined;
}
