import type { LiveQuestion } from "../../shared/interactions/question/question.ts";

/**
 * Where a page of questions ended: what its last one was sorted by. The next page is what comes after it, wherever that
 * question is by then.
 */
export type QuestionPosition = Pick<LiveQuestion, "id" | "at" | "votes" | "status" | "pinned">;

/** pinned . answered . votes . at . id */
export const QUESTION_CURSOR = /^[01]\.[01]\.\d{1,10}\.\d{1,16}\.[a-z0-9]{1,16}$/;

export const writeQuestionCursor = ({ pinned, status, votes, at, id }: QuestionPosition): string =>
  [Number(pinned), Number(status === "answered"), votes, at, id].join(".");

/** @param cursor as `QUESTION_CURSOR` has it */
export function readQuestionCursor(cursor: string): QuestionPosition {
  const [pinned, answered, votes, at, id = ""] = cursor.split(".");
  return {
    id,
    at: Number(at),
    votes: Number(votes),
    status: answered === "1" ? "answered" : "published",
    pinned: pinned === "1",
  };
}
