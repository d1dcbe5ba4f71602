import { getTopicName, toTopic } from "../topic.ts";

/** What topics call the votes for questions. */
export const VOTE = "vote";

/** The topic that a question's votes are counted under. Ids never come again, so a late vote counts for nothing else. */
export const getVoteTopic = (question: string): string => toTopic(VOTE, question);

/** The question of a topic; undefined for a topic of another interaction. */
export const getVotedQuestion = (topic: string): string | undefined => getTopicName(VOTE, topic);

/** The one key that votes are counted under; a vote that was taken back is the empty key. */
export const FOR = "1";
