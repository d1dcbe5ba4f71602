import type { Words } from "../../../../../shared/interactions/activity/kinds/words/words.ts";
import type { ReadMarkup } from "../../deck/markup.ts";

/** More words from one person fill a cloud with what one person thinks. */
const MOST = 10;

/** `data-revint-multiple` says how many words each person may give. */
export const readWords: ReadMarkup<Words> = (markup) => ({
  kind: "words",
  words: markup.readCount("multiple", 1, MOST) ?? 1,
});
