import { word as noun } from "../../../../../../words/ar/nouns.ts";
import { pluralOf } from "../../../../../../words/ar/plural.ts";

export const words = {
  label: (most: number) => (most === 1 ? "كلمة واحدة" : `حتى ${pluralOf(most, noun)}`),
  add: "إضافة",
  send: "إرسال",
  yours: "كلماتك",
  remove: (word: string) => `إزالة ${word}`,
  removed: (word: string) => `أُزيلت ${word}`,
  added: (word: string, left: number) =>
    `أُضيفت ${word}${left > 0 ? `، ويمكنك إضافة ${pluralOf(left, noun)}` : ""}`,
  long: "اختصرها من فضلك: طول الكلمة حتى 32 حرفًا.",
  known: "لديك هذه الكلمة بالفعل.",
  none: "اكتب كلمة من فضلك.",
  full: (most: number) => (most === 1 ? "أزلها لإرسال كلمة أخرى." : "أزل واحدة لإرسال كلمة أخرى."),
  final: "أرسلها حين تنتهي: لا يمكن تغييرها بعد ذلك.",
  said: "كلمات القاعة",
} as const;
