import { getTopicName, TAKEN_BACK } from "../../../shared/interactions/topic.ts";
import type { EntryKind, EntryMode } from "../../lib/ledger.ts";
import { activity } from "./activity/activity.ts";
import type { Interaction } from "./interaction.ts";
import { question } from "./question/question.ts";
import { reaction } from "./reaction/reaction.ts";

/** Every interaction: a folder each, and a line here. */
const interactions: readonly Interaction[] = [reaction, activity, question];

/** Whether of what a participant sends under a topic one stands: `once` and `replace` differ in which. */
export const isStanding = (mode: EntryMode): boolean => mode !== "add";

/** Whether two entries under one id are one and the same, sent twice. */
export const isSameKind = (a: EntryKind, b: EntryKind): boolean =>
  a.topic === b.topic && isStanding(a.mode) === isStanding(b.mode) && isSameKey(a.topic, a.key, b.key);

/** Whether two keys of one topic are one and the same. */
export const isSameKey = (topic: string, a: string, b: string): boolean =>
  a === b || (findInteraction(topic)?.isSameKey(a, b) ?? false);

/** What an entry adds to the counts of its topic. Of an interaction that is not known it is the entry's key. */
export function listCounted(topic: string, key: string): Iterable<readonly [key: string, count: number]> {
  if (key === TAKEN_BACK) return [];
  return findInteraction(topic)?.listCounted(topic, key) ?? [[key, 1]];
}

/** What stands for a key in memory and in checkpoints: it counts the same, and is the same as another where the keys are. */
export const shorten = (topic: string, key: string): string =>
  findInteraction(topic)?.shorten(topic, key) ?? key;

/** Whether a topic may get as many different keys as people think of. */
export const isOpenEnded = (topic: string): boolean => findInteraction(topic)?.isOpenEnded(topic) ?? false;

/** Which interaction a topic is of; undefined where it is not known. */
export const nameInteraction = (topic: string): string | undefined => findInteraction(topic)?.name;

const findInteraction = (topic: string) =>
  interactions.find(({ name }) => getTopicName(name, topic) !== undefined);
