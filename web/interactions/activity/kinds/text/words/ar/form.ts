import { character } from "../../../../../../words/ar/nouns.ts";
import { number, pluralOf } from "../../../../../../words/ar/plural.ts";

export const words = {
  label: "إجابتك",
  send: "إرسال",
  change: "إرسال التغيير",
  used: (count: number, most: number) => `${number(count)} من ${number(most)}`,
  usedSpoken: (count: number, most: number) => `${number(count)} من ${pluralOf(most, character)}`,
  final: "لا يمكن تغييرها بعد إرسالها.",
  long: "اختصرها من فضلك.",
} as const;
