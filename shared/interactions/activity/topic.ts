import { getTopicName, toTopic } from "../topic.ts";
import type { ActivityKind } from "./kinds/index.ts";

/** What topics call the answers to activities. */
export const ANSWER = "answer";

/** One round of an activity, as its answers are counted. */
export interface Round {
  readonly kind: ActivityKind;
  readonly activity: string;
  /** When it was opened first: names it for good, also where the activity is written anew. */
  readonly openedAt: number;
}

/** The topic that a round's answers are counted under. The kind stands in it, for whoever counts knows no more. */
export const getRoundTopic = ({ kind, activity, openedAt }: Round): string =>
  toTopic(ANSWER, `${kind}:${activity}:${openedAt}`);

/** The kind and the activity of a topic; undefined for a topic of another interaction. */
export function readRoundTopic(topic: string): { kind: string; activity: string } | undefined {
  const [kind, activity] = getTopicName(ANSWER, topic)?.split(":") ?? [];
  return kind !== undefined && activity !== undefined ? { kind, activity } : undefined;
}

/** The key under which a round counts who has answered; no option, word or number is empty. */
export const PEOPLE = "";
