import type { LiveQuestion, QuestionStatus } from "../../../../shared/interactions/question/question.ts";
import type { Role } from "../../../../shared/protocol/identity.ts";

/** A question as rooms keep it and tell each other. */
export interface StoredQuestion {
  readonly id: string;
  /** Grows with every change of any question of the session. */
  readonly revision: number;
  readonly text: string;
  readonly name?: string | undefined;
  /** Who asked it; undefined once they are forgotten. It is in nothing that anybody but rooms can read. */
  readonly author?: string | undefined;
  /** The id under which its author asked: the same again is the same question again. */
  readonly request?: string | undefined;
  /** When it was asked, in milliseconds since 1970. */
  readonly at: number;
  readonly status: QuestionStatus;
  readonly pinned: boolean;
  readonly answer?: string | undefined;
  readonly mergedInto?: string | undefined;
  /** What its author has sent is taken out of the counts: it is as if hidden. */
  readonly isExcluded: boolean;
}

/** Everybody may read it, and vote for it until it is answered. */
export const isPublic = ({ status, isExcluded }: StoredQuestion): boolean =>
  !isExcluded && (status === "published" || status === "answered");

export const isOwn = ({ author }: StoredQuestion, participant: string): boolean => author === participant;

/** Whether somebody may read it: hosts all, everybody their own and what is for all. */
export const isReadable = (question: StoredQuestion, role: Role, participant: string): boolean =>
  role === "host" || isPublic(question) || isOwn(question, participant);

/** As those hear of it who may read it. @param isMine its author hears it, and nobody else */
export function toLive(question: StoredQuestion, votes: number, role: Role, isMine = false): LiveQuestion {
  const { id, text, name, at, answer, mergedInto } = question;
  const status = question.isExcluded ? "hidden" : question.status;
  // An answer that was taken back by publishing the question again is for hosts to bring back.
  const isAnswerTold = role === "host" || status === "answered";
  return {
    id,
    text,
    ...(name !== undefined && { name }),
    at,
    votes,
    status,
    pinned: question.pinned && isPublic(question),
    ...(answer !== undefined && isAnswerTold && { answer }),
    ...(mergedInto !== undefined && { mergedInto }),
    ...(isMine && { mine: true }),
  };
}
