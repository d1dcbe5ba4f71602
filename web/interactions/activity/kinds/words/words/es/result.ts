import { plural } from "../../../../../../words/es/plural.ts";

export const words = {
  name: "Nube de palabras",
  more: (count: number) => `y ${plural(count, "palabra", "palabras")} más`,
} as const;
