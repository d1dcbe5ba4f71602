import { OPEN_TEXT_LENGTH } from "../../shared/interactions/activity/kinds/text/text.ts";
import type { AnswerValue } from "../../shared/interactions/activity/tally.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { byteLength, hasAtMost, isWhole } from "../../shared/protocol/text.ts";
import { RevintError } from "./error.ts";
import { isFields, isNumber, isText, isTexts } from "./fields.ts";
import { createRandomId } from "./random-id.ts";
import type { OwnAnswer, OwnReaction } from "./session.ts";

/*
 * What a participant sends, from their hand to the ledger. What the service would refuse without naming it, and so
 * would be sent again for an hour, is refused here.
 */

export type Own = OwnReaction | OwnAnswer;

export const isOwnAnswer = (own: Own): own is OwnAnswer => "activity" in own;
export const isOwnReaction = (own: Own): own is OwnReaction => !isOwnAnswer(own);

/** @throws RevintError `invalid_request` */
export function createReaction(page: string, reaction: string): OwnReaction {
  checkText("page", page);
  checkText("reaction", reaction);
  return { id: createRandomId(), page, reaction, at: Date.now() };
}

/** @throws RevintError `answer_not_valid` where it is none to any activity */
export function createAnswer(activity: string, round: number, value: AnswerValue | null): OwnAnswer {
  if (!isSendable(value)) throw new RevintError("answer_not_valid", "this is no answer to any activity");
  return { id: createRandomId(), activity, round, value, at: Date.now() };
}

/** Whether this is what a storage gave back, also one that an earlier version has written. */
export function isOwn(value: unknown): value is Own {
  if (!isFields(value) || !isText(value.id) || !isNumber(value.at)) return false;
  const { page, reaction, activity, round } = value;
  if (activity === undefined) return isText(page) && isText(reaction);
  return isText(activity) && isNumber(round) && isSendable(value.value);
}

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

function checkText(what: string, value: string): void {
  if (value !== "" && hasAtMost(value, LIMITS.textLength)) return;
  throw new RevintError("invalid_request", `a ${what} takes 1 to ${LIMITS.textLength} characters`);
}
