import { plural } from "../../../../../../words/en/plural.ts";

export const words = {
  name: "Word cloud",
  more: (count: number) => `and ${plural(count, "word", "words")} more`,
} as const;
