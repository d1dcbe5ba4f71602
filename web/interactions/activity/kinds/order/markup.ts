import { type Order, order } from "../../../../../shared/interactions/activity/kinds/order/order.ts";
import type { ReadMarkup } from "../../deck/markup.ts";
import { deck as words } from "../../words/en/deck.ts";

/** A list; `data-revint-correct` names its items in the right order. It stands in the order in which people find it. */
export const readOrder: ReadMarkup<Order> = (markup) => {
  const options = markup.readOptions();
  const correct = markup.readIds("correct");
  if (!markup.has("correct")) return { kind: "order", options };
  const definition = { kind: "order", options, prompt: "", show: "closed", change: true } as const;
  if (!order.accept(definition, correct)) markup.note(words.problem.order);
  return { kind: "order", options, correct };
};
