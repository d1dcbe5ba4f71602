import { form } from "../../../../../../words/fr/plural.ts";

export const words = {
  name: "Ordre",
  place: (mean: string) => `ø ${mean}`,
  mean: (mean: string) => `place moyenne ${mean}`,
  firsts: (count: number) => `${count.toLocaleString("fr")} × ${form(count, "premier", "premiers")}`,
  was: (place: number) => `avant : ${place}.`,
  belongs: (place: number) => `juste : ${place}.`,
} as const;
