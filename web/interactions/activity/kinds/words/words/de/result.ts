import { plural } from "../../../../../../words/de/plural.ts";

export const words = {
  name: "Wortwolke",
  more: (count: number) => `und ${plural(count, "weiteres Wort", "weitere Wörter")}`,
} as const;
