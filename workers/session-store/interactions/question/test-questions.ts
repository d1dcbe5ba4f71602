import { NOW, nameUser } from "../../test-session.ts";
import { createSql, MemoryKv } from "../../test-storage.ts";
import { type AskedQuestion, type BoardQuestionChange, QuestionBoard } from "./question-board.ts";
import type { StoredQuestion } from "./stored-question.ts";

export const ada = nameUser("ada");
export const ben = nameUser("ben");

/** The board of a room, and what it holds. */
export function openBoard(sql = createSql(), storage = new MemoryKv()) {
  const board = new QuestionBoard(sql, storage);
  board.load();
  const read = (id: string): StoredQuestion => {
    const question = board.get(id);
    if (!question) throw new Error(`there is no ${id}`);
    return question;
  };
  let asked = 0;
  /** Somebody asks. @returns the question's id */
  const add = (given: Partial<AskedQuestion> = {}, now = NOW): string => {
    const question = { author: ada, request: `${asked++}`, text: "Why?", status: "published" } as const;
    const [added] = board.add({ ...question, ...given }, now).changed;
    if (!added) throw new Error("nothing was added");
    return added.id;
  };
  const set = (id: string, change: BoardQuestionChange, now = NOW) => board.set(read(id), change, now);
  return { board, sql, storage, read, add, set };
}
