import { number } from "../../../../../../words/ar/plural.ts";

export const words = {
  name: "تقييم",
  before: (count: number) => `${number(count)} في الجولة السابقة`,
} as const;
