import type { LiveQuestion, QuestionChange } from "../../../../shared/interactions/question/question.ts";
import { stage as words } from "../words/en/stage.ts";

/** What is asked or written before it is done. */
export type StepDialog = "answer" | "merge" | "block";

/** Something that a moderator can do to a question now. */
export interface Step {
  /** The key that does it while the question has the focus. */
  readonly key: string;
  readonly name: string;
  /** What is done, or else asked first. */
  readonly does: QuestionChange | StepDialog;
  /** What is done most of all. */
  readonly isNext?: true;
  /** What is done seldom. */
  readonly isRare?: true;
}

const HIDE: Step = { key: "h", name: words.hide, does: { status: "hidden" } };
const MERGE: Step = { key: "m", name: words.merge, does: "merge" };
const BLOCK: Step = { key: "b", name: words.block, does: "block", isRare: true };

/** What can be done to a question, by what has become of it. */
export function listSteps({ status, pinned, answer }: LiveQuestion): readonly Step[] {
  if (status === "pending") {
    const publish = { key: "p", name: words.publish, does: { status: "published" }, isNext: true } as const;
    return [publish, HIDE, MERGE, BLOCK];
  }
  if (status === "hidden") return [{ key: "p", name: words.putBack, does: { status: "published" } }, BLOCK];
  const pin = { key: "i", name: pinned ? words.unpin : words.pin, does: { pinned: !pinned } };
  const write = {
    key: "w",
    name: answer === undefined ? words.write : words.rewrite,
    does: "answer",
  } as const;
  const isAnswered = status === "answered";
  const tick: Step = isAnswered
    ? { key: "a", name: words.reopen, does: { status: "published" } }
    : { key: "a", name: words.tick, does: { status: "answered" }, isNext: true };
  return [tick, pin, HIDE, { ...write, isRare: true }, { ...MERGE, isRare: true }, BLOCK];
}
