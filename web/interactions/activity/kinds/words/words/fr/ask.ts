import { plural } from "../../../../../../words/fr/plural.ts";

export const words = {
  name: "Nuage de mots",
  example: "Un mot pour aujourd’hui",
  each: "Par personne",
  words: (count: number) => plural(count, "mot", "mots"),
} as const;
