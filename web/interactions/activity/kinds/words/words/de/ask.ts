import { plural } from "../../../../../../words/de/plural.ts";

export const words = {
  name: "Wortwolke",
  example: "Ein Wort für heute",
  each: "Pro Person",
  words: (count: number) => plural(count, "Wort", "Wörter"),
} as const;
