import { number } from "../../../../../../words/es/plural.ts";

export const words = {
  name: "Orden",
  place: (mean: string) => `ø ${mean}`,
  mean: (mean: string) => `puesto medio ${mean}`,
  firsts: (count: number) => `${number(count)} × primero`,
  was: (place: number) => `antes ${place}.º`,
  belongs: (place: number) => `correcto: ${place}.º`,
} as const;
