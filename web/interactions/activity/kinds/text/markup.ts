import type { OpenText } from "../../../../../shared/interactions/activity/kinds/text/text.ts";
import type { ReadMarkup } from "../../deck/markup.ts";

export const readOpenText: ReadMarkup<OpenText> = () => ({ kind: "text" });
