import type { ActivityKind } from "../../../../shared/interactions/activity/kinds/index.ts";
import { choiceResult } from "./choice/result.tsx";
import { numberResult } from "./number/result.tsx";
import { orderResult } from "./order/result.tsx";
import type { KindResult } from "./result.ts";
import { scaleResult } from "./scale/result.tsx";
import { textResult } from "./text/result.tsx";
import { wordsResult } from "./words/result.tsx";

/** How each kind's counts are drawn. results.css lists the styles. */
export const results: { readonly [Kind in ActivityKind]: KindResult } = {
  choice: choiceResult,
  scale: scaleResult,
  number: numberResult,
  words: wordsResult,
  text: textResult,
  order: orderResult,
};
