import { number } from "../../../../../../words/ar/plural.ts";

export const words = {
  name: "ترتيب",
  place: (mean: string) => `ø ${mean}`,
  mean: (mean: string) => `متوسط المرتبة ${mean}`,
  firsts: (count: number) => `${number(count)} × أولًا`,
  was: (place: number) => `كان في المرتبة ${number(place)}.`,
  belongs: (place: number) => `الصحيح: ${number(place)}.`,
} as const;
