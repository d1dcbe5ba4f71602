import type { IdentifiedVote, LiveQuestion } from "./question.ts";

/** A vote on a pipe. */
export interface VoteMessage extends IdentifiedVote {
  readonly type: "vote";
}

/**
 * Questions that were asked or changed, as far as whoever hears it may know. Users hear of those on top of the order,
 * of changes to any, and of their own; hosts hear of all.
 */
export interface QuestionsMessage {
  readonly type: "questions";
  readonly questions: readonly LiveQuestion[];
  /** The ids of those that are not to be seen any more. */
  readonly removed?: readonly string[] | undefined;
  /** How many there are that whoever hears it may read, told or not. */
  readonly total: number;
  /** What is not named by this message, and not told later, is not there. */
  readonly whole?: true | undefined;
}

/** How many want it answered, by question; absolute. Users hear those on top of the order. */
export interface VotesMessage {
  readonly type: "votes";
  readonly votes: Readonly<Record<string, number>>;
}
