import { number as format } from "../../../../../../words/es/plural.ts";

export const words = {
  name: "Número",
  right: (number: string) => `Correcto: ${number}`,
  rightRange: (from: string, to: string) => `Correcto: de ${from} a ${to}`,
  range: (from: string, to: string) => `${from}–${to}`,
  below: (number: string) => `< ${number}`,
  above: (number: string) => `≥ ${number}`,
  before: (count: number) => `${format(count)} en la ronda anterior`,
} as const;
