import { word } from "../../../../../../words/ar/nouns.ts";
import { plural } from "../../../../../../words/ar/plural.ts";

export const words = {
  name: "سحابة كلمات",
  example: "كلمة واحدة لهذا اليوم",
  each: "من كل شخص",
  words: (count: number) => plural(count, word),
} as const;
