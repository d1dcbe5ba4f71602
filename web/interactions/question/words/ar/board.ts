import { question, vote } from "../../../../words/ar/nouns.ts";
import { label, plural } from "../../../../words/ar/plural.ts";

/** What is said of questions where the room looks at them. */
export const board = {
  title: "أسئلة من القاعة",
  figure: "الأسئلة",
  nothing: "لا أسئلة بعد. اطرح سؤالك على هاتفك.",
  nothingLeft: "أُجيب عن كل الأسئلة.",
  more: (count: number) => `و${plural(count, question)} أيضًا على هاتفك`,
  votes: (count: number) => label(count, vote),
  pinned: "السؤال الذي يُجاب عنه الآن",
  answered: "أُجيب عنه",
  answer: "الإجابة",
} as const;
