import type { ErrorCode } from "../../../../client/error.ts";
import { answer, point, second } from "../../../../words/ar/nouns.ts";
import { number, plural } from "../../../../words/ar/plural.ts";

/** On the phone. */
export const phone = {
  open: "سؤال",
  closed: "مغلق",
  opened: (prompt: string) => `سؤال جديد: ${prompt}`,
  result: (prompt: string) => `ظهرت النتيجة: ${prompt}`,
  isOver: (prompt: string) => `أُغلق: ${prompt}`,
  place: (place: number, all: number) => `${number(place)} من ${number(all)}`,
  previous: "السؤال السابق",
  next: "السؤال التالي",
  putAway: "إخفاء هذا",
  left: (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`,
  leftSpoken: (seconds: number) => `الوقت المتبقي: ${plural(seconds, second)}`,
  yours: "إجابتك: ",
  round: (round: number) => `الجولة ${number(round)}`,
  takeBack: "سحب",
  tookBack: "سُحبت إجابتك.",
  first: "تبقى إجابتك الأولى.",
  sending: "جارٍ الإرسال…",
  away: "محفوظة على هذا الهاتف، وتُرسل حين يعود الاتصال.",
  stands: "أُرسلت. لا يمكن تغييرها.",
  changes: "أُرسلت. يمكنك تغييرها.",
  counted: "حُسبت إجابتك.",
  none: "لم تُجب.",
  nobody: "لم يُجب أحد.",
  right: "إجابتك صحيحة.",
  wrong: "إجابتك غير صحيحة.",
  score: (points: number, rank: number) => `لك ${plural(points, point)} في المسابقة: المركز ${number(rank)}.`,
  kept: (count: number) => `حُفظت ${plural(count, answer)}، وتُرسل حين يعود الاتصال`,
  /** Why an answer is not kept. */
  refused: (code: ErrorCode): string => REFUSED[code] ?? "لم تُقبل إجابتك. حاول مجددًا من فضلك.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  activity_closed: "أُغلق قبل وصول إجابتك.",
  activity_not_found: "لم يعد هذا السؤال موجودًا.",
  answer_fixed: "تبقى إجابتك الأولى: لا يمكن تغييرها.",
  answer_not_valid: "لا تناسب هذه الإجابة السؤال. جرّب إجابة أخرى من فضلك.",
  too_many_words: "لا مكان لإجابة جديدة أخرى. اختر إجابة موجودة من فضلك.",
  blocked: "لا يقبل المضيف إجاباتك في الوقت الحالي.",
  network: "تعذّر إرسال إجابتك.",
};
