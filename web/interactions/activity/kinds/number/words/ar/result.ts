import { number as format } from "../../../../../../words/ar/plural.ts";

/** The marks keep signs and numbers in their order: they are read from left to right. */
export const words = {
  name: "عدد",
  right: (number: string) => `الصحيح: ${number}`,
  rightRange: (from: string, to: string) => `الصحيح: من ${from} إلى ${to}`,
  range: (from: string, to: string) => `\u2066${from}–${to}\u2069`,
  below: (number: string) => `\u2066< ${number}\u2069`,
  above: (number: string) => `\u2066≥ ${number}\u2069`,
  before: (count: number) => `${format(count)} في الجولة السابقة`,
} as const;
