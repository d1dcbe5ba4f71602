import type { LiveActivity } from "../../shared/interactions/activity/activity.ts";
import { OPEN_TEXT_LENGTH } from "../../shared/interactions/activity/kinds/text/text.ts";
import type { AnswerValue } from "../../shared/interactions/activity/tally.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { byteLength, hasAtMost, isWhole } from "../../shared/protocol/text.ts";
import { RevintError } from "./error.ts";
import { isBoolean, isFields, isNumber, isText, isTexts } from "./fields.ts";
import { createRandomId } from "./random-id.ts";
import type { OwnAnswer, OwnQuestion, OwnReaction, OwnVote } from "./session.ts";

/*
 * What a participant sends, from their hand to where it is kept. What the service would refuse without naming it, and
 * so would be sent again for an hour, is refused here.
 */

/** What is counted: a pipe takes it, and acknowledges it by its id. */
export type OwnCount = OwnReaction | OwnAnswer | OwnVote;
/** A question is asked over HTTP alone: its answer is the question. */
export type Own = OwnCount | OwnQuestion;

export const isOwnReaction = (own: Own): own is OwnReaction => "reaction" in own;
export const isOwnAnswer = (own: Own): own is OwnAnswer => "activity" in own;
export const isOwnVote = (own: Own): own is OwnVote => "question" in own;
export const isOwnQuestion = (own: Own): own is OwnQuestion => "text" in own;

/** What takes the place of what: of two with the same place, the later one stands. Undefined: each stands for itself. */
export function getPlace(own: Own): string | undefined {
  if (isOwnAnswer(own)) return `answer ${own.activity}`;
  return isOwnVote(own) ? `vote ${own.question}` : undefined;
}

/** @throws RevintError `invalid_request` */
export function createReaction(page: string, reaction: string): OwnReaction {
  checkText("a page", page, LIMITS.textLength);
  checkText("a reaction", reaction, LIMITS.textLength);
  return { id: createRandomId(), page, reaction, at: Date.now() };
}

/** @throws RevintError `answer_not_valid` where it is none to any activity */
export function createAnswer(
  { id: activity, round, openedAt }: Pick<LiveActivity, "id" | "round" | "openedAt">,
  value: AnswerValue | null,
): OwnAnswer {
  if (!isSendable(value)) throw new RevintError("answer_not_valid", "this is no answer to any activity");
  return {
    id: createRandomId(),
    activity,
    round,
    ...(openedAt !== undefined && { openedAt }),
    value,
    at: Date.now(),
  };
}

/** @throws RevintError `question_not_found` where it is the id of none */
export function createVote(question: string, vote: boolean): OwnVote {
  if (!QUESTION.test(question)) throw new RevintError("question_not_found", "there is no such question");
  return { id: createRandomId(), question, vote, at: Date.now() };
}

/** @throws RevintError `invalid_request` */
export function createQuestion(text: string, name: boolean): OwnQuestion {
  const trimmed = text.trim();
  checkText("a question", trimmed, LIMITS.questionLength);
  return { id: createRandomId(), text: trimmed, name, at: Date.now() };
}

/** Whether this is what a storage gave back, also one that an earlier version has written. */
export function isOwn(value: unknown): value is Own {
  if (!isFields(value) || !isText(value.id) || !isNumber(value.at)) return false;
  const { page, reaction, activity, round, openedAt, question, vote, text, name } = value;
  if (activity !== undefined) {
    const isRound = isNumber(round) && (openedAt === undefined || isNumber(openedAt));
    return isText(activity) && isRound && isSendable(value.value);
  }
  if (question !== undefined) return isText(question) && QUESTION.test(question) && isBoolean(vote);
  if (text !== undefined) return isText(text) && isBoolean(name);
  return isText(page) && isText(reaction);
}

const QUESTION = /^[a-z0-9]{1,16}$/;

/** Beside the answer itself, a message has an id, the activity's id and a few names. */
const ROOM_FOR_ANSWER = LIMITS.bodyBytes - 1024;

function isSendable(value: unknown): value is AnswerValue | null {
  if (value === null || isNumber(value)) return true;
  const texts = isText(value) ? [value] : value;
  return (
    isTexts(texts) &&
    texts.length <= LIMITS.options &&
    texts.every((text) => text.length <= 2 * OPEN_TEXT_LENGTH && isWhole(text)) &&
    byteLength(JSON.stringify(texts)) <= ROOM_FOR_ANSWER
  );
}

function checkText(what: string, value: string, most: number): void {
  if (value !== "" && hasAtMost(value, most)) return;
  throw new RevintError("invalid_request", `${what} takes 1 to ${most} characters`);
}
