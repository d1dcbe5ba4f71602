import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import type { Stage } from "../../slots.ts";
import type { LiveQuestions } from "./live-questions.ts";
import type { QuestionDesk } from "./question-desk.ts";

/** What every part of the section works with. */
export interface SectionProps {
  readonly stage: Stage;
  readonly live: LiveQuestions;
  readonly desk: QuestionDesk;
}

/** A dialog about one question. */
export interface DialogProps extends SectionProps {
  readonly question: LiveQuestion;
}
