import type { LiveQuestion, Question, Questions } from "../../shared/interactions/question/question.ts";
import { type Fields, isFields, isNumber, isText } from "./fields.ts";
import { toRecord } from "./record.ts";

/* Reads questions and votes of the service; what is not as it should be is passed over, and the others are not. */

const STATUSES: { readonly [Name in LiveQuestion["status"]]: Name } = {
  pending: "pending",
  published: "published",
  answered: "answered",
  hidden: "hidden",
};

const isStatus = (value: unknown): value is LiveQuestion["status"] =>
  isText(value) && Object.hasOwn(STATUSES, value);

export function readLiveQuestion(value: unknown): LiveQuestion | undefined {
  if (!isFields(value)) return undefined;
  const { id, text, name, at, votes, status, pinned, answer, mergedInto, mine } = value;
  if (!isText(id) || !isText(text) || !isNumber(at) || !isNumber(votes)) return undefined;
  if (!isStatus(status) || typeof pinned !== "boolean") return undefined;
  return {
    id,
    text,
    at,
    votes,
    status,
    pinned,
    ...(isText(name) && { name }),
    ...(isText(answer) && { answer }),
    ...(isText(mergedInto) && { mergedInto }),
    ...(mine === true && { mine }),
  };
}

/** Those that we can read. */
export const readLiveQuestions = (values: readonly unknown[]): LiveQuestion[] =>
  values.flatMap((value) => readLiveQuestion(value) ?? []);

/** A question as it comes over HTTP. */
export function readQuestion(value: unknown): Question | undefined {
  const question = readLiveQuestion(value);
  if (!question || !isFields(value)) return undefined;
  return { ...question, mine: value.mine === true, voted: value.voted === true };
}

/** As a room would tell it to the same person. */
export const toLiveQuestion = ({ voted: _, mine, ...question }: Question): LiveQuestion =>
  mine ? { ...question, mine } : question;

/** A page of them; undefined where it is none. */
export function readQuestions({ questions, total, cursor }: Fields): Questions | undefined {
  if (!Array.isArray(questions) || !isNumber(total)) return undefined;
  return {
    questions: questions.flatMap((value) => readQuestion(value) ?? []),
    total,
    ...(isText(cursor) && { cursor }),
  };
}

/** Those that we can read, by question. */
export const readVotes = (fields: Fields): Record<string, number> =>
  toRecord(Object.entries(fields).filter((entry): entry is [string, number] => isNumber(entry[1])));
