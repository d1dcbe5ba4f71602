import type { NumberQuestion } from "../../../../../shared/interactions/activity/kinds/number/number.ts";
import type { MarkupReader, ReadMarkup } from "../../deck/markup.ts";
import { deck as words } from "../../words/en/deck.ts";

/** Between two numbers: `40..45`, `40 to 45`, `40, 45`. */
const BETWEEN = /\s*(?:\.\.|–|,|;|\bto\b)\s*|\s+/;

/** A whole number, unless `data-revint-step` says otherwise; `data-revint-correct` is one, or from where to where it is right. */
export const readNumberQuestion: ReadMarkup<NumberQuestion> = (markup) => {
  const min = markup.readNumber("min");
  const max = markup.readNumber("max");
  const step = markup.readNumber("step") ?? 1;
  if (min !== undefined && max !== undefined && min > max) markup.note(words.problem.upwards);
  if (step <= 0) markup.note(words.problem.step);
  const correct = readCorrect(markup);
  return {
    kind: "number",
    step,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(correct !== undefined && { correct }),
  };
};

function readCorrect(markup: MarkupReader): NumberQuestion["correct"] {
  const texts = markup.get("correct")?.split(BETWEEN);
  if (!texts) return undefined;
  const [from, to = from, ...more] = texts.map((text) => markup.toNumber("correct", text));
  if (from === undefined || to === undefined) return undefined;
  if (more.length > 0 || from > to) markup.note(words.problem.upwards);
  return from === to ? from : [from, to];
}
