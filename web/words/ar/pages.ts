import { day } from "./nouns.ts";
import { number, plural } from "./plural.ts";

/** What the pages have in common. */
export const pages = {
  copy: "نسخ",
  copied: "نُسخ.",
  notCopied: "لا يمكن النسخ هنا: النص محدَّد، انسخه بلوحة المفاتيح.",
  cancel: "إلغاء",
  sessionField: "الجلسة",
  noSessionName: "هذا ليس اسم جلسة ولا رابطًا إليها. الصقه كاملًا من فضلك.",
  noSessionOrToken: "هذا ليس اسم جلسة، ولا رابطًا إليها، ولا رمز مضيف. الصقه كاملًا من فضلك.",
  sessionOrToken: "رمز المضيف أو الجلسة",
  ownSession: {
    notStarted: "لم تبدأ جلسة هذا الرمز بعد، أو مُحيت. قُد العرض برمز المضيف أولًا.",
    refused: "لا يُقبل رمز المضيف هذا هنا. تأكد من أنه لُصق كاملًا، وأنه وُقّع لهذه الخدمة، وأنه لم ينتهِ.",
    failed: "تعذّر الوصول إلى الخدمة. حاول مجددًا من فضلك.",
  },
  passRefused: "هذا سرّ المضيف، ولا يصلح للانضمام. مكانه في العرض أو على المنصة.",
  seconds: (count: number) => `${number(count)} ث`,
  minutes: (minutes: number, seconds: number) =>
    seconds === 0 ? `${number(minutes)} د` : `${number(minutes)} د ${number(seconds)} ث`,
  hours: (hours: number, minutes: number) =>
    minutes === 0 ? `${number(hours)} س` : `${number(hours)} س ${number(minutes)} د`,
  days: (days: number, hours: number) =>
    hours === 0 ? plural(days, day) : `${plural(days, day)} و${number(hours)} س`,
  slide: (page: string) => `الشريحة ${page}`,
  beforeFirst: "قبل الشريحة الأولى",
  /** Where an address leads to this computer. */
  onlyHere:
    "لا تستطيع الهواتف فتح هذا العنوان: إنه لهذا الحاسوب وحده. ابدأ بالأمر \u2066HOST=0.0.0.0 npm start\u2069، ثم افتح هذه الصفحة على العنوان الذي يُطبع حينها.",
} as const;
