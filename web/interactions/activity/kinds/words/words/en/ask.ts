import { plural } from "../../../../../../words/en/plural.ts";

export const words = {
  name: "Word cloud",
  example: "One word for today",
  each: "From each person",
  words: (count: number) => plural(count, "word", "words"),
} as const;
