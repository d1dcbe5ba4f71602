import { isShown, namePage } from "../../shared/protocol/page-name.ts";
import { pages as words } from "../words/en.ts";

export { isShown, namePage };

/** A slide that has no title. */
export const nameSlide = (page: string): string =>
  isShown(page) ? words.slide(namePage(page)) : words.beforeFirst;
