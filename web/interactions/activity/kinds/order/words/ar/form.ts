import { number } from "../../../../../../words/ar/plural.ts";

export const words = {
  hint: "رتّبها، والمرتبة الأولى في الأعلى، ثم أرسل.",
  final: "لا يمكن تغييره بعد إرساله.",
  list: "ترتيبك",
  up: (text: string) => `${text}: مرتبة إلى الأعلى`,
  down: (text: string) => `${text}: مرتبة إلى الأسفل`,
  moved: (text: string, place: number, places: number) =>
    `${text}، الآن في المرتبة ${number(place)} من ${number(places)}`,
  send: "إرسال هذا الترتيب",
} as const;
