import type { ActivitiesMessage, AnswerMessage, ScoreMessage, TalliesMessage } from "./activity/message.ts";
import type { QuestionsMessage, VoteMessage, VotesMessage } from "./question/message.ts";
import type { BurstsMessage, ReactionsMessage, ReactMessage } from "./reaction/message.ts";

/*
 * Every interaction there is: a folder each, which says all that is particular about it, and a line in each of these
 * lists. index.schema.ts lists the schemas.
 */

/** What the audience sends on a pipe. */
export type InteractionRequest = ReactMessage | AnswerMessage | VoteMessage;

/** What a room tells of it. */
export type InteractionMessage =
  | ReactionsMessage
  | BurstsMessage
  | ActivitiesMessage
  | TalliesMessage
  | ScoreMessage
  | QuestionsMessage
  | VotesMessage;
