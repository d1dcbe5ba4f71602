import { getVoteTopic } from "../../../shared/interactions/question/topic.ts";
import type { Happening } from "../../lib/room-event.ts";
import {
  getRound,
  getTopic,
  isRevealed,
  type StoredActivity,
} from "../interactions/activity/stored-activity.ts";
import { isPublic, type StoredQuestion } from "../interactions/question/stored-question.ts";
import type { Numbers } from "./told-numbers.ts";

/*
 * How what stands differs from what events have said last. Each function is given both, and says what has happened, and
 * what is told of the topic with it; undefined where nothing is new.
 */

export interface News {
  readonly topic: string;
  readonly numbers: Numbers;
  readonly happenings: readonly Happening[];
}

/** Reads what events have said last of a topic. */
export type ReadTold = (topic: string) => Numbers | undefined;

export const PEOPLE_TOPIC = "people";
export const getActivityTopic = (activity: string): string => `activity:${activity}`;

/** How often each reaction of a page was sent. */
export function compareReactions(
  read: ReadTold,
  topic: string,
  page: string,
  counts: Numbers,
): News | undefined {
  const told = new Map(Object.entries(read(topic) ?? {}));
  const now = new Map(Object.entries(counts));
  const keys = [...new Set([...told.keys(), ...now.keys()])];
  const happenings = keys.flatMap((reaction): Happening[] => {
    const count = now.get(reaction) ?? 0;
    const before = told.get(reaction) ?? 0;
    return count === before ? [] : [{ event: "reactions", page, reaction, count, before }];
  });
  return happenings.length > 0 ? { topic, numbers: counts, happenings } : undefined;
}

/** How many have answered, of how many: while an activity is open, who comes and goes changes its share as well. */
export function compareAnswers(
  read: ReadTold,
  activity: StoredActivity,
  { answered, people }: { readonly answered: number; readonly people: number },
): News | undefined {
  const round = getRound(activity);
  if (!round) return undefined;
  const topic = getTopic(activity, round);
  const told = read(topic);
  const isSame = answered === (told?.answered ?? 0);
  const isSameShare = answered === 0 || activity.status !== "open" || people === told?.people;
  if (isSame && isSameShare) return undefined;
  const happening: Happening = {
    event: "answers",
    activity: activity.id,
    round: activity.rounds.length,
    answered,
    people,
  };
  return { topic, numbers: { answered, people }, happenings: [happening] };
}

export function comparePeople(read: ReadTold, people: number): News | undefined {
  if (people === (read(PEOPLE_TOPIC)?.people ?? 0)) return undefined;
  return { topic: PEOPLE_TOPIC, numbers: { people }, happenings: [{ event: "people", people }] };
}

/** Opened, closed, revealed: what is closed and revealed at once was closed first. @param depth of whatever has changed it */
export function compareActivity(read: ReadTold, activity: StoredActivity, depth: number): News | undefined {
  const topic = getActivityTopic(activity.id);
  const told = read(topic);
  const openedAt = getRound(activity)?.openedAt ?? 0;
  const isOpen = activity.status === "open";
  const isShown = isRevealed(activity);
  const isNewRound = openedAt !== (told?.openedAt ?? 0);
  const happen = (status: "open" | "closed" | "revealed"): Happening => ({
    event: "activity",
    activity: activity.id,
    status,
    round: activity.rounds.length,
  });
  const happenings = [
    ...(isOpen && (isNewRound || !told?.open) ? [happen("open")] : []),
    ...(!isOpen && openedAt > 0 && told?.open ? [happen("closed")] : []),
    ...(isShown && (isNewRound || !told?.revealed) ? [happen("revealed")] : []),
  ];
  const closesAt = activity.closesAt ?? 0;
  const isOtherwise = isNewRound || isOpen !== Boolean(told?.open) || isShown !== Boolean(told?.revealed);
  if (!isOtherwise && closesAt === (told?.closesAt ?? 0)) return undefined;
  const numbers = { openedAt, open: Number(isOpen), revealed: Number(isShown), closesAt, depth };
  return { topic, numbers, happenings };
}

/** Asked, published, voted for. @param votes undefined where nobody has counted them: they are as they were told */
export function compareQuestion(
  read: ReadTold,
  question: StoredQuestion,
  votes: number | undefined,
): News | undefined {
  const topic = getVoteTopic(question.id);
  const told = read(topic);
  const isRead = isPublic(question);
  const counted = votes ?? told?.votes ?? 0;
  const isNews = !told || (isRead && (counted !== told.votes || !told.text));
  if (!isNews) return undefined;
  const happening: Happening = {
    event: "question",
    question: question.id,
    votes: counted,
    ...(isRead && { text: question.text }),
    ...(!told && { isNew: true }),
  };
  const numbers = { votes: counted, text: Number(isRead || Boolean(told?.text)) };
  return { topic, numbers, happenings: [happening] };
}
