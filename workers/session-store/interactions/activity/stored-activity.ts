import type { ActivityStatus, LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { Definition } from "../../../../shared/interactions/activity/kinds/index.ts";
import { getRoundTopic } from "../../../../shared/interactions/activity/topic.ts";
import type { Role } from "../../../../shared/protocol/identity.ts";

/** One round of an activity. Reopening it goes on with it. */
export interface StoredRound {
  /** When it was opened first, in milliseconds since 1970: no other round of the session has the same. */
  readonly openedAt: number;
  readonly isRevealed: boolean;
  /** Every room has counted it anew since it was closed. */
  readonly isFinal: boolean;
  /** How long its host gave it when it was opened first; left out where they gave it what the definition says. */
  readonly seconds?: number;
}

/** An activity as rooms keep it and tell each other. */
export interface StoredActivity {
  readonly id: string;
  /** Grows with every change of any activity of the session. */
  readonly revision: number;
  readonly definition: Definition;
  readonly status: ActivityStatus;
  /** Oldest first. Without any it is a draft. */
  readonly rounds: readonly StoredRound[];
  readonly closesAt?: number | undefined;
  /** Words that are not shown. */
  readonly hidden: readonly string[];
}

export const getTopic = ({ id, definition: { kind } }: StoredActivity, { openedAt }: StoredRound): string =>
  getRoundTopic({ kind, activity: id, openedAt });

/** The topics of all its rounds, oldest first. */
export const listTopics = (activity: StoredActivity): string[] =>
  activity.rounds.map((round) => getTopic(activity, round));

/** The round that is open, or was last. */
export const getRound = ({ rounds }: StoredActivity): StoredRound | undefined => rounds.at(-1);

/** Whether the host has shown the counts of the round that is open, or was last. */
export const isRevealed = (activity: StoredActivity): boolean => getRound(activity)?.isRevealed ?? false;

/** Whether the counts of a round are theirs to know. @param round from 0 */
export function isShown(activity: StoredActivity, round: number, role: Role): boolean {
  if (role === "host") return true;
  const { definition, rounds, status } = activity;
  if (rounds[round]?.isRevealed || isRevealed(activity) || definition.show === "live") return true;
  const isOver = status === "closed" || round < rounds.length - 1;
  return definition.show === "closed" && isOver;
}

/**
 * As these hear of it; nobody but hosts hears of a draft, and of what is hidden. What is right is told once it is
 * revealed, and nobody can answer any more.
 */
export function toLive(activity: StoredActivity, role: Role): LiveActivity {
  const { id, definition, status, rounds, closesAt, hidden } = activity;
  const openedAt = getRound(activity)?.openedAt;
  const isCorrectTold = role === "host" || (status === "closed" && isRevealed(activity));
  return {
    ...(isCorrectTold ? definition : withoutCorrect(definition)),
    id,
    status,
    round: rounds.length,
    revealed: isRevealed(activity),
    ...(openedAt !== undefined && { openedAt }),
    ...(closesAt !== undefined && { closesAt }),
    ...(role === "host" && hidden.length > 0 && { hidden }),
    ...(hasCorrect(definition) && { quiz: true }),
  };
}

const hasCorrect = (definition: Definition): boolean =>
  "correct" in definition && definition.correct !== undefined;

function withoutCorrect(definition: Definition): Definition {
  if (!("correct" in definition)) return definition;
  const { correct: _, ...rest } = definition;
  return rest;
}
