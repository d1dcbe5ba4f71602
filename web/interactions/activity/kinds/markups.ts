import type { ActivityKind, Definition } from "../../../../shared/interactions/activity/kinds/index.ts";
import type { ReadMarkup } from "../deck/markup.ts";
import { readChoice } from "./choice/markup.ts";
import { readNumberQuestion } from "./number/markup.ts";
import { readOrder } from "./order/markup.ts";
import { readScale } from "./scale/markup.ts";
import { readOpenText } from "./text/markup.ts";
import { readWords } from "./words/markup.ts";

/** How each kind is written into a slide: what follows `data-revint-` is its name. */
export const markups: {
  readonly [Name in ActivityKind]: ReadMarkup<Extract<Definition, { readonly kind: Name }>>;
} = {
  choice: readChoice,
  scale: readScale,
  number: readNumberQuestion,
  words: readWords,
  text: readOpenText,
  order: readOrder,
};
