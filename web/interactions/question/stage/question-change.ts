import type { LiveQuestion, QuestionChange } from "../../../../shared/interactions/question/question.ts";

/** The question as it will be told to hosts after a change. */
export function applyChange(question: LiveQuestion, change: QuestionChange): LiveQuestion {
  const { answer: written, mergedInto: target, ...rest } = question;
  const { pinned = question.pinned, answer = written, mergedInto } = change;
  // Of whoever is blocked, everything is hidden.
  const said = mergedInto === undefined && !change.block ? change.status : "hidden";
  const status = said ?? (typeof change.answer === "string" ? "answered" : question.status);
  const leadsTo = status === "hidden" ? (mergedInto ?? target) : undefined;
  return {
    ...rest,
    status,
    pinned: pinned && (status === "published" || status === "answered"),
    ...(answer != null && { answer }),
    ...(leadsTo !== undefined && { mergedInto: leadsTo }),
  };
}

/** What takes a change back: one thing after the other, to one question. */
export interface Undo {
  readonly id: string;
  readonly changes: readonly QuestionChange[];
}

/**
 * @param before the question before the change
 * @param pinned the one that was pinned then
 */
export function undoChange(
  before: LiveQuestion,
  change: QuestionChange,
  pinned: LiveQuestion | undefined,
): Undo {
  const { id } = before;
  // One at most is pinned: so pinning that one again takes it back, too.
  if (change.pinned === true && pinned && pinned.id !== id)
    return { id: pinned.id, changes: [{ pinned: true }] };
  if (change.block) return { id, changes: [{ block: false }] };
  const after = applyChange(before, change);
  // First: what is written answers a question, which it may not have been before.
  const rewrite: QuestionChange = after.answer === before.answer ? {} : { answer: before.answer ?? null };
  const now = applyChange(after, rewrite);
  const isElsewhere = now.status !== before.status || now.mergedInto !== before.mergedInto;
  const place =
    before.mergedInto === undefined ? { status: before.status } : { mergedInto: before.mergedInto };
  const rest: QuestionChange = {
    ...(isElsewhere && place),
    ...(now.pinned !== before.pinned && { pinned: before.pinned }),
  };
  return { id, changes: [rewrite, rest].filter((step) => Object.keys(step).length > 0) };
}
