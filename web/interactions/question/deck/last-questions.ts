import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { parseFields } from "../../../client/fields.ts";
import { readLiveQuestions } from "../../../client/question.ts";
import { tabStorage } from "../../../ui/tab-storage.ts";

/** What a board shows is among so many: for a print of this deck in this tab. */
const MOST = 20;

const keyOf = (apiUrl: string): string => `revint:last-questions:${apiUrl}${location.pathname}`;

/** @param questions in their order */
export function keepLastQuestions(
  apiUrl: string,
  sessionUid: string,
  questions: readonly LiveQuestion[],
): void {
  const text = JSON.stringify({ sessionUid, questions: questions.slice(0, MOST) });
  tabStorage.set(keyOf(apiUrl), text);
}

/** What this tab has kept; of that session, where one is named. */
export function getLastQuestions(
  apiUrl: string,
  sessionUid: string | undefined,
): readonly LiveQuestion[] | undefined {
  const kept = parseFields(tabStorage.get(keyOf(apiUrl)) ?? "");
  if (!kept || (sessionUid !== undefined && kept.sessionUid !== sessionUid)) return undefined;
  return Array.isArray(kept.questions) ? readLiveQuestions(kept.questions) : undefined;
}
