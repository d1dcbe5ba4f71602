import { getTopicName, toTopic } from "../topic.ts";

/** What topics call this interaction. */
export const REACTION = "reaction";

/** The topic that a page's reactions are counted under. */
export const getPageTopic = (page: string): string => toTopic(REACTION, page);

/** The page whose reactions a topic counts; undefined for a topic of another interaction. */
export const getTopicPage = (topic: string): string | undefined => getTopicName(REACTION, topic);
