import type { QuestionsSection } from "../../../../shared/protocol/recap.ts";
import type { DraftStatement } from "../draft.ts";
import { quote } from "../named.ts";
import { words } from "../words/en.ts";
import type { Phrases } from "./phrases.ts";

const { questions: said } = words;

/** What the audience asked. */
export function writeQuestions(section: QuestionsSection, phrases: Phrases): DraftStatement[] {
  const { id, questions } = section;
  const [first, second] = questions;
  const isAhead = first && first.votes > (second?.votes ?? 0);
  return phrases.say(
    id,
    [id, ...(first ? [first.id] : [])],
    [sayHowMany(section)],
    [isAhead && said.wanted(quote(first.text), first.votes)],
  );
}

/** Of those that the recap has no room for, nobody knows here whether they were answered. */
function sayHowMany({ questions, total }: QuestionsSection): string {
  const answered = questions.filter((question) => question.answered).length;
  if (questions.length < total || answered === 0) return said.none(total);
  return answered === total ? said.all(total) : said.some(total, answered);
}
