import type { Choice } from "../../../../../shared/interactions/activity/kinds/choice/choice.ts";
import { isSet, nameItem, type ReadMarkup } from "../../deck/markup.ts";

/** A list; `data-revint-multiple` says how many items may be ticked, and without a number all of them. */
export const readChoice: ReadMarkup<Choice> = (markup) => {
  const options = markup.readOptions();
  const most = Math.max(1, options.length);
  const multiple = markup.readCount("multiple", 1, most) ?? (markup.has("multiple") ? most : 1);
  const marked = markup.items.flatMap(({ attributes }, index) =>
    isSet(attributes, "correct") ? [nameItem(attributes, index)] : [],
  );
  const correct = [...new Set([...marked, ...markup.readIds("correct")])];
  return { kind: "choice", options, multiple, ...(correct.length > 0 && { correct }) };
};
