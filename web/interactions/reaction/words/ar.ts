import { reaction, slide } from "../../../words/ar/nouns.ts";
import { number, plural, pluralOf } from "../../../words/ar/plural.ts";

/** What is said of reactions everywhere. */
export const reactions = (count: number): string => plural(count, reaction);

/** Names for screen readers; any other reaction is its own name. */
export const faceNames: Readonly<Record<string, string>> = {
  "👍": "إعجاب",
  "❤️": "حب",
  "😂": "ضحك",
  "🤯": "ذهول",
  "👏": "تصفيق",
  "❓": "سؤال",
};

/** On the phone. */
export const phone = {
  react: "تفاعل مع هذه الشريحة",
  button: (name: string, count: number) => `${name}، ${number(count)}`,
  sent: (name: string) => `أُرسل: ${name}`,
  kept: (count: number) => `حُفظ ${reactions(count)}، ويُرسل ذلك حين يعود الاتصال`,
  refused: "لم يُقبل تفاعل واحد.",
  quiet: "التفاعلات متوقفة مؤقتًا.",
  blocked: "لا يقبل المضيف تفاعلاتك في الوقت الحالي.",
  unconfirmed: (count: number) => `تعذّر إرسال ${pluralOf(count, reaction)}.`,
  announceTotals: (count: number) => `${reactions(count)} على هذه الشريحة`,
} as const;

/** On the stage. */
export const stage = {
  total: "التفاعلات",
  bars: "هذه الشريحة",
  offer: {
    title: "ما يُعرض على الهواتف",
    nothing: "لا يُعرض شيء: لا يستطيع أحد التفاعل.",
    remove: (name: string) => `إزالة ${name}`,
    add: "إضافة: رمز تعبيري أو كلمة قصيرة",
    addIt: "إضافة",
    full: "يتسع الهاتف لاثني عشر. أزل واحدًا أولًا.",
    known: "هذا معروض بالفعل.",
    wrong: "اكتب رمزًا تعبيريًا، أو كلمة لا تزيد على 64 حرفًا.",
    reset: "كما في البداية",
    ofItsOwn: "لهذه الشريحة أزرارها الخاصة.",
    any: "أي تفاعل",
    anyText: "تُقبل أيضًا الكلمات التي يرسلها الناس من تطبيقاتهم، وتظهر على العرض: مهما كانت.",
  },
  pause: "إيقاف التفاعلات مؤقتًا",
  resume: "استئناف التفاعلات",
  isPaused: "التفاعلات متوقفة مؤقتًا.",
  lively: "الأكثر تفاعلًا الآن",
  inMoments: (count: number) => `شخص واحد، ${reactions(count)} خلال ${number(10)} ث`,
  blocked: "حُظر شخص واحد.",
  unblock: "السماح له مجددًا",
  askBlock: {
    title: "حظر هذا الشخص؟",
    text: "يبقى يرى المحاضرة؛ ولا تُقبل تفاعلاته بعد الآن.",
    exclude: "إزالة التفاعلات التي أرسلها من قبل أيضًا: تنقص كل العدّادات",
    confirm: "حظر",
  },
  pulse: "التفاعلات عبر الوقت",
  pulseSummary: (total: number, peak: number, from: string) =>
    `${reactions(total)} منذ ${from}، وأقصاها ${number(peak)} في الثانية`,
  peak: (rate: number) =>
    `حتى ${rate.toLocaleString("ar-u-nu-latn", { maximumFractionDigits: 1 })} في الثانية`,
  tick: (hours: number, minutes: number) =>
    hours === 0
      ? `${number(minutes)} د`
      : minutes === 0
        ? `${number(hours)} س`
        : `${number(hours)} س ${number(minutes)} د`,
  start: (at: string) => `منذ ${at}`,
  present: "الآن",
} as const;

/** Over a deck and in its slides. */
export const deck = {
  quiet: "التفاعلات متوقفة مؤقتًا",
  more: (count: number) => `و${number(count)} غيرها`,
  counts: "تفاعلات هذه الشريحة",
} as const;

/** In the results. */
export const results = {
  total: "التفاعلات",
  each: "لكل شخص",
  slides: "شريحة شريحة",
  slide: "الشريحة",
  shown: "مدة العرض",
  sum: "المجموع",
  all: "كل الشرائح",
  table: "كل الأرقام في جدول",
  more: (count: number) => `و${plural(count, slide)} بتفاعلات أقل`,
} as const;
