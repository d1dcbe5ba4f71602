import type { ExportFormat } from "../../shared/protocol/export.ts";
import type { SessionTotals } from "../../shared/protocol/totals.ts";
import { readActivity } from "../client/activity.ts";
import { unreadable } from "../client/api.ts";
import { isNumber, isTexts } from "../client/fields.ts";
import { isPages } from "../client/message.ts";
import { readQuestions } from "../client/question.ts";
import type { Activity, Question } from "../client/session.ts";
import { type Pass, readFields, request, send } from "../ui/service.ts";
import type { Exported } from "./view.ts";

/** Counts of the whole session, and how many people have joined it. */
export async function getTotals(pass: Pass): Promise<SessionTotals> {
  const { pages, total, participants } = await readFields(pass, "/reactions");
  if (!isPages(pages) || !isNumber(total) || !isNumber(participants)) throw unreadable();
  return { pages, total, participants };
}

/** What the room was asked, with every word and number, as far as it may be seen. Kinds of a later version are left out. */
export async function getActivities(pass: Pass): Promise<Activity[]> {
  const { activities } = await readFields(pass, "/activities?keys=every");
  if (!Array.isArray(activities)) throw unreadable();
  return activities.map(readActivity).filter((activity) => activity !== undefined);
}

/** What the audience has asked, as far as it may be seen, in the order that everybody sees. */
export async function getQuestions(pass: Pass): Promise<Question[]> {
  const questions = new Map<string, Question>();
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? "" : `?${new URLSearchParams({ cursor })}`;
    const page = readQuestions(await readFields(pass, `/questions${query}`));
    if (!page) throw unreadable();
    // Meanwhile one may have moved to a later page.
    for (const question of page.questions) questions.set(question.id, question);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return [...questions.values()];
}

/** Every reaction or answer after a cursor, or all of them, as a stream that may be long. */
export async function openExport(
  pass: Pass,
  what: Exported,
  format: ExportFormat,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const query = new URLSearchParams({ format, ...(cursor !== undefined && { cursor }) });
  const response = await request(pass, `/${what}/export?${query}`, { signal });
  // Questions change all the time and are not many: they come in one answer, and it is all of it or nothing.
  const body = what === "questions" ? (await response.blob()).stream() : response.body;
  if (!body) throw unreadable(response.status);
  return body;
}

/** Erases what one call can. @returns what is left to erase; nothing: all of it is gone */
export async function erase(pass: Pass): Promise<readonly string[]> {
  const answer = await send(pass, "", { method: "DELETE" });
  if (!answer) return [];
  if (!isTexts(answer.left)) throw unreadable();
  return answer.left;
}
