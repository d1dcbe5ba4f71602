import { number } from "../../../../../../words/es/plural.ts";

export const words = {
  name: "Valoración",
  before: (count: number) => `${number(count)} en la ronda anterior`,
} as const;
