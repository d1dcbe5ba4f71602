import { ActivitiesMessage, AnswerMessage, ScoreMessage, TalliesMessage } from "./activity/message.schema.ts";
import { QuestionsMessage, VoteMessage, VotesMessage } from "./question/message.schema.ts";
import { BurstsMessage, ReactionsMessage, ReactMessage } from "./reaction/message.schema.ts";

/** The schemas of `InteractionRequest`. */
export const interactionRequests = [ReactMessage, AnswerMessage, VoteMessage] as const;

/** The schemas of `InteractionMessage`. */
export const interactionMessages = [
  ReactionsMessage,
  BurstsMessage,
  ActivitiesMessage,
  TalliesMessage,
  ScoreMessage,
  QuestionsMessage,
  VotesMessage,
] as const;
