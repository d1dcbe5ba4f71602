import { option } from "../../../../../../words/ar/nouns.ts";
import { pluralOf } from "../../../../../../words/ar/plural.ts";

export const words = {
  send: "إرسال",
  several: (most: number) => `اختر حتى ${pluralOf(most, option)}، ثم أرسل.`,
  any: "اختر كل ما تريد، ثم أرسل.",
  final: "اختر واحدًا، ثم أرسل. لا يمكن تغييره بعد ذلك.",
} as const;
