import { FOR, getVoteTopic } from "../../shared/interactions/question/topic.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { SessionTotals } from "../../shared/protocol/totals.ts";
import type { History } from "../lib/history.ts";
import type { Session } from "../lib/session.ts";
import type { Story } from "../lib/story.ts";
import type { Totals } from "../lib/totals.ts";
import type { ActivityTallies } from "./interactions/activity/activity-tallies.ts";
import { type StoredActivity, toLive as toLiveActivity } from "./interactions/activity/stored-activity.ts";
import {
  isPublic,
  type StoredQuestion,
  toLive as toLiveQuestion,
} from "./interactions/question/stored-question.ts";

/** What the root knows, all of it in one turn. */
interface StoryOf {
  readonly session: Session;
  readonly rooms: number;
  readonly endedAt: number | null;
  readonly expiresAt: number;
  readonly course: Pick<History, "states" | "people" | "startedAt">;
  readonly totals: SessionTotals;
  /** What is counted everywhere. */
  readonly counted: Totals;
  readonly activities: readonly StoredActivity[];
  readonly tallies: Pick<ActivityTallies, "getTallies">;
  readonly questions: readonly StoredQuestion[];
}

/**
 * The session as it may be retold to everybody: what one of its users could read of it after the end, and nothing of any
 * user. No draft, no hidden word or question, no tally and no solution that was not shown, nobody's name, and nothing of those
 * whose things were taken out.
 */
export function tellStory(of: StoryOf): Story {
  const { session, rooms, endedAt, expiresAt, course, totals, counted } = of;
  const questions = listQuestions(of.questions, counted);
  return {
    name: session.name,
    date: session.date,
    rooms,
    startedAt: course.startedAt,
    endedAt,
    expiresAt,
    states: course.states,
    people: course.people,
    totals,
    activities: of.activities
      .filter(({ status }) => status !== "draft")
      .toSorted((a, b) => openedAt(a) - openedAt(b))
      .map((activity) => {
        const tallies = of.tallies.getTallies(counted, activity, "user");
        const tally = tallies.at(-1);
        return {
          ...toLiveActivity(activity, "user"),
          ...(tally && { tally }),
          rounds: tallies.slice(0, -1).flatMap((each) => each ?? []),
        };
      }),
    questions: questions.slice(0, LIMITS.recapQuestions),
    questionTotal: questions.length,
  };
}

/** When it was opened for the first time. */
const openedAt = ({ rounds }: StoredActivity): number => rounds[0]?.openedAt ?? 0;

function listQuestions(questions: readonly StoredQuestion[], counted: Totals): Story["questions"] {
  return questions
    .filter(isPublic)
    .map((question) => toLiveQuestion(question, counted.get(getVoteTopic(question.id), FOR), "user"))
    .toSorted((a, b) => b.votes - a.votes || a.at - b.at || (a.id < b.id ? -1 : 1))
    .map(({ id, text, votes, status, answer }) => ({
      id,
      text,
      votes,
      answered: status === "answered",
      ...(answer !== undefined && { answer }),
    }));
}
