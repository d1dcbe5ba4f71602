import type { QuestionsMessage, VotesMessage } from "../../shared/interactions/question/message.ts";
import { compareQuestions } from "../../shared/interactions/question/order.ts";
import type { LiveQuestion } from "../../shared/interactions/question/question.ts";
import { getOwn } from "./record.ts";

/** What a session has heard of the audience's questions: in their order, and how many there are in all. */
export interface QuestionPicture {
  readonly questions: readonly LiveQuestion[];
  readonly total: number;
}

export const NO_QUESTIONS: QuestionPicture = { questions: [], total: 0 };

/**
 * The picture with this news; the very same one where nothing of it is new. With `whole`, what it does not name is not
 * there, but for one's own: they may be told beside it, and are gone where there is none at all.
 */
export function addQuestions(
  before: QuestionPicture,
  { questions: heard, removed = [], total, whole }: Omit<QuestionsMessage, "type">,
): QuestionPicture {
  const known = new Map(before.questions.map((question) => [question.id, question]));
  const next = new Map(known);
  if (whole) for (const { id, mine } of before.questions) if (!mine || total === 0) next.delete(id);
  for (const question of heard) next.set(question.id, update(known.get(question.id), question));
  for (const id of removed) next.delete(id);
  return toPicture(before, [...next.values()], total);
}

/** The same for votes: they come after the questions that they belong to, so those of an unknown one are passed over. */
export function addVotes(
  before: QuestionPicture,
  { votes: heard }: Omit<VotesMessage, "type">,
): QuestionPicture {
  const questions = before.questions.map((question) => {
    const votes = getOwn(heard, question.id) ?? question.votes;
    return votes === question.votes ? question : { ...question, votes };
  });
  return toPicture(before, questions, before.total);
}

/** Whose it is, its author alone is told, and not every time. What is the same stays the same object. */
function update(before: LiveQuestion | undefined, heard: LiveQuestion): LiveQuestion {
  const now: LiveQuestion = before?.mine ? { ...heard, mine: true } : heard;
  return before && JSON.stringify(before) === JSON.stringify(now) ? before : now;
}

function toPicture(before: QuestionPicture, questions: LiveQuestion[], total: number): QuestionPicture {
  questions.sort(compareQuestions);
  const isSame =
    total === before.total &&
    questions.length === before.questions.length &&
    questions.every((question, index) => question === before.questions[index]);
  return isSame ? before : { questions, total };
}
