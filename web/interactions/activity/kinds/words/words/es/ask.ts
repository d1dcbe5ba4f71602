import { plural } from "../../../../../../words/es/plural.ts";

export const words = {
  name: "Nube de palabras",
  example: "Una palabra para hoy",
  each: "De cada persona",
  words: (count: number) => plural(count, "palabra", "palabras"),
} as const;
