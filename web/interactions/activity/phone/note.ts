import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import { kinds } from "../../../../shared/interactions/activity/kinds/index.ts";
import { isSolved } from "../visibility.ts";
import { phone as words } from "../words/en/phone.ts";
import { getAnswer, type Own } from "./own-answers.ts";

export interface Note {
  readonly text: string;
  readonly tone?: "good" | "warn";
}

/** What a person is told of their own answer: what became of it, and what they may still do. */
export function writeNote(activity: LiveActivity, own: Own, isAway: boolean): Note {
  const { kept, sent, refusedBy } = own;
  if (sent !== undefined) return { text: isAway ? words.away : words.sending };
  if (refusedBy !== undefined) return { text: words.refused(refusedBy), tone: "warn" };
  if (activity.status === "open") {
    if (kept === null) return { text: activity.change ? "" : words.first };
    return { text: activity.change ? words.changes : words.stands, tone: "good" };
  }
  if (kept === null) return { text: words.none };
  const isRight = isSolved(activity) ? kinds[activity.kind].isCorrect?.(activity, kept) : undefined;
  if (isRight === undefined) return { text: words.counted };
  return isRight ? { text: words.right, tone: "good" } : { text: words.wrong };
}

/** Whether there is an answer that may be taken back. */
export const canTakeBack = ({ status, change }: LiveActivity, own: Own): boolean =>
  status === "open" && change && getAnswer(own) !== undefined;
