import { isShown, namePage } from "../../../shared/protocol/page-name.ts";
import { words } from "./words/en.ts";

/** Characters of a title or a question within a sentence. */
const LONGEST = 120;

/** A text of somebody's within a sentence, in quotation marks; one that is long is cut at a word. */
export function quote(text: string): string {
  const plain = text.replaceAll(/\s+/gu, " ").trim();
  const characters = [...plain];
  if (characters.length <= LONGEST) return words.quote(plain);
  const cut = characters.slice(0, LONGEST).join("");
  const end = cut.lastIndexOf(" ");
  return words.quote(`${end > LONGEST / 2 ? cut.slice(0, end) : cut}…`);
}

/** A reaction, or what was chosen: an emoji stands by itself, and words of anybody's in quotation marks. */
export const nameLabel = (label: string): string =>
  /^\p{Extended_Pictographic}[^\p{L}\p{N}\s]*$/u.test(label) ? label : quote(label);

/** What a page is called that has no title. */
export const namePlainPage = (page: string): string =>
  isShown(page) ? words.slide(namePage(page)) : words.beforeFirst;
