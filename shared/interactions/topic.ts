/*
 * What is counted is counted by topic and key. A topic belongs to one interaction, so that a page that is
 * called like a poll adds nothing to it: reactions on page "1.0" are the topic "reaction:1.0".
 */

/** Counts by topic and key, as they travel between rooms and ledgers. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The topic that an interaction keeps under this name. */
export const toTopic = (interaction: string, name: string): string => `${interaction}:${name}`;

/** The name of a topic of this interaction; undefined for a topic of another one. */
export const getTopicName = (interaction: string, topic: string): string | undefined =>
  topic.startsWith(`${interaction}:`) ? topic.slice(interaction.length + 1) : undefined;

/** The key of whoever takes back what they have standing under a topic: nobody counts it. */
export const TAKEN_BACK = "";
