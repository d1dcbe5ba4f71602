/** `pending` and `hidden` ones are for their author and the hosts alone. */
export type QuestionStatus = "pending" | "published" | "answered" | "hidden";

/** A question from the audience, as a room tells it. Times in milliseconds since 1970, by the service's clock. */
export interface LiveQuestion {
  readonly id: string;
  /** As `cleanText` leaves it. */
  readonly text: string;
  /** What its author was called when they asked with their name. */
  readonly name?: string | undefined;
  readonly at: number;
  /** People who want it answered; its author is not among them. */
  readonly votes: number;
  readonly status: QuestionStatus;
  /** One at most is: the one that is being answered. */
  readonly pinned: boolean;
  /** What the host has written to it. */
  readonly answer?: string | undefined;
  /** The question that it was merged into; told its author and the hosts, as a merged one is hidden. */
  readonly mergedInto?: string | undefined;
  /** Only in what its author alone is told. */
  readonly mine?: true | undefined;
}

/** The same over HTTP, with what the caller has to do with it. */
export interface Question extends Omit<LiveQuestion, "mine"> {
  readonly mine: boolean;
  readonly voted: boolean;
}

/** `GET …/questions`: `votes` is the order of `compareQuestions`. */
export type QuestionSort = "votes" | "newest";

/** `GET …/questions`, a page of them. Without a `cursor` it was the last one. */
export interface Questions {
  readonly questions: readonly Question[];
  /** How many the caller may read in all. */
  readonly total: number;
  readonly cursor?: string | undefined;
}

/** `POST …/user/{uid}/questions` */
export interface NewQuestion {
  readonly text: string;
  /** With the name that its author has given themselves; it is an error if there is none. */
  readonly name?: true | undefined;
}

/** `PUT …/user/{uid}/questions/{question}/vote`; `false` takes it back. */
export interface Vote {
  readonly vote: boolean;
}

/** With the id under which it counts once, and what it is for. */
export interface IdentifiedVote extends Vote {
  readonly id: string;
  readonly question: string;
}

/** `POST …/questions/{question}`. What is left out stays as it is. */
export interface QuestionChange {
  /** Published again, or `pending` as it was before a moderator saw it, it is merged into none. */
  readonly status?: QuestionStatus | undefined;
  /** Pinning one takes the pin from another. */
  readonly pinned?: boolean | undefined;
  /** An answer in writing, and with it the question is answered; `null` takes the text away. */
  readonly answer?: string | null | undefined;
  /** Asks the same as another one: it is hidden, and leads there. Votes stay with the question that they were given to. */
  readonly mergedInto?: string | undefined;
  /** Blocks its author, whoever that is, and takes out of the counts what they have sent; `false` takes that back. */
  readonly block?: boolean | undefined;
}
