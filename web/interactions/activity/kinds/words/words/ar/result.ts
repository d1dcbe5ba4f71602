import { word } from "../../../../../../words/ar/nouns.ts";
import { plural } from "../../../../../../words/ar/plural.ts";

export const words = {
  name: "سحابة كلمات",
  more: (count: number) => `و${plural(count, word)} أيضًا`,
} as const;
