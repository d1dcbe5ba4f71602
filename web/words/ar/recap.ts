import type { RecapStatus } from "../../../shared/protocol/recap.ts";
import { character, paragraph, second, summary } from "./nouns.ts";
import { plural, pluralOf } from "./plural.ts";

/** The page after the talk: what readers press, and what its host is told. */
export const recap = {
  title: "الملخّص · revint",
  heading: "الملخّص",
  connecting: "جارٍ البحث عن الملخّص…",
  noSession: {
    title: "أي جلسة؟",
    text: "لا يذكر هذا الرابط أي جلسة. الصق رمز المضيف، أو اسم الجلسة أو رابط الانضمام إليها.",
  },
  openSession: "فتح ملخّصها",
  notFound: {
    title: "لا يوجد ملخّص كهذا",
    text: "قد يكون الرابط ناقصًا، أو حُذفت الجلسة وكل ما فيها. اسأل من أعطاك الرابط، أو الصق رمز المضيف، أو اسم الجلسة أو رابط الانضمام إليها.",
  },
  nothing: {
    title: "لا شيء للقراءة بعد",
    text: "لم ينشر المضيف ملخّص هذه المحاضرة. عُد لاحقًا من فضلك: يبقى الرابط نفسه.",
  },
  failed: { title: "لا يعمل هذا الآن", text: "حاول مجددًا بعد لحظات." },
  ask: {
    title: "الملخّص",
    text: "الصق رمز المضيف لهذه الجلسة، أو الرابط الذي دُعيت به. يبقى في هذا التبويب.",
  },
  again: "التحقق مجددًا",
  isHost: "هل أنت المضيف أو مضيف مشارك؟",
  open: "فتح",
  badToken:
    "هذا لا يفتح هذه الجلسة. تأكد من أنه لُصق كاملًا، وأنه لهذه المحاضرة وهذا التاريخ؛ ربما انتهت صلاحيته، أو سُحبت الدعوة.",

  tools: {
    name: "هذه الصفحة",
    copy: "نسخ الرابط",
    share: "مشاركة…",
    print: "طباعة أو حفظ بصيغة PDF",
    copied: "نُسخ.",
    notCopied: "لا يمكن النسخ هنا: انسخ العنوان من شريط المتصفح.",
  },

  offer: {
    text: "صفحة يحتفظ بها جمهورك: المحاضرة شريحة شريحة، وأين تفاعلت القاعة، وكيف صوّتت، وماذا سألت. لا يراها أحد قبل أن تنشرها.",
    make: "إنشاء الملخّص",
    making: "جارٍ إنشاء الملخّص…",
    open: "فتح الملخّص",
    reading: "جارٍ البحث عن الملخّص…",
  },

  bar: "للمضيفين",
  /** Where it stands, and who can read it. */
  state: (status: RecapStatus): string => `${progressOf(status)} ${readersOf(status)}`,
  /** The same in a list. */
  short: ({ status, publishedAt }: RecapStatus): string => {
    if (status === "none") return "لا ملخّص بعد";
    const readers = publishedAt === undefined ? "الملخّص غير منشور" : "الملخّص منشور";
    return status === "queued" || status === "writing" ? `${readers}، تجري كتابته` : readers;
  },
  none: {
    title: "ليس لهذه المحاضرة ملخّص بعد",
    text: "هو صفحة يحتفظ بها جمهورك: المحاضرة شريحة شريحة، وأين تفاعلت القاعة، وكيف صوّتت، وماذا سألت. يمكنك تغيير كل نص، ولا يراها أحد قبل أن تنشرها.",
    forCoHosts: "يستطيع مضيف هذه المحاضرة إنشاءه. عندها يظهر هنا.",
  },
  publish: "نشر",
  takeBack: "سحب",
  edit: "تعديل النص",
  remake: "إنشاء من جديد…",
  retry: "تجربة النموذج مجددًا…",
  erase: "حذف…",
  link: "رابط لجمهورك",
  results: "النتائج",
  published: "نُشر. كل من لديه الرابط يستطيع الآن قراءته.",
  takenBack: "سُحب. لا يستطيع قراءته الآن إلا المضيفون.",
  changed: "نص هذه الصفحة هو الأحدث الآن.",
  written: "ما كُتب حتى الآن",
  progress: "مقدار ما كُتب منه",
  broken: "انقطع الاتصال. تستمر كتابة الملخّص؛ نتحقق مجددًا بعد لحظات.",
  erased: "حُذف الملخّص.",
  askRemake: {
    title: "إنشاء الملخّص من جديد؟",
    text: "تُكتب الصفحة مرة أخرى مما احتفظت به الجلسة.",
    edited: "تزول التغييرات التي أجريتها على نصه.",
    published: "يتغير ما يراه القرّاء فورًا، حالما يصبح الجديد جاهزًا.",
    confirm: "إنشاء من جديد",
  },
  askErase: {
    title: "حذف الملخّص؟",
    text: "تزول الصفحة نهائيًا، للجميع، مع كل ما غيّرته فيها. تبقى النتائج، ويمكنك إنشاء ملخّص آخر.",
    confirm: "حذف نهائي",
  },
  editor: {
    title: "تعديل النص",
    text: "تبقى الأرقام والنتائج والأسئلة كما حُسبت. السطر الفارغ يبدأ فقرة جديدة؛ والحقل الفارغ لا يقول شيئًا.",
    name: "العنوان",
    summary: "المحاضرة كلها",
    questions: "أسئلة من الجمهور",
    save: "حفظ",
    close: "إغلاق دون حفظ",
    saved: "حُفظ.",
    unsaved: "غيّرت شيئًا لم يُحفظ.",
    keep: "متابعة التعديل",
    discard: "تجاهل التغييرات",
    nothing: "لم يتغير شيء.",
    noName: "لا يمكن أن يكون العنوان فارغًا.",
    tooMany: (section: string, most: number) =>
      `في «${section}» أكثر من ${pluralOf(most, paragraph)}: ادمج بعضها.`,
    tooLong: (section: string, most: number) =>
      `في «${section}» فقرة أطول من ${pluralOf(most, character)}: اختصرها أو قسّمها.`,
    conflict: "تغيّر الملخّص في هذه الأثناء. كلماتك ما زالت هنا: احفظ مرة أخرى لتضعها مكان الموجود الآن.",
    gone: "حُذف الملخّص في هذه الأثناء. انسخ من هنا ما تحتاجه: لم يعد حفظه ممكنًا.",
  },
  problems: {
    running: "ما زالت المحاضرة جارية: أنهِ الجلسة أولًا، في صفحة نتائجها.",
    gone: "حُذفت الجلسة، ومعها ملخّصها.",
    missing: "لم يعد هناك ملخّص: ربما حُذف في نافذة أخرى.",
    refused: "لم يعد مسموحًا لك بهذا. افتح هذه الصفحة من جديد من نتائجك أو من قائمة محاضراتك.",
    busy: (seconds: number) => `يُنشأ عدد كبير من الملخّصات الآن. حاول مجددًا بعد ${pluralOf(seconds, second)}.`,
    tooLarge: "هذا نص أكبر مما يسعه ملخّص: اختصره.",
    notDone: "لم تنفّذ الخدمة هذا. حاول مجددًا من فضلك.",
  },
} as const;

function progressOf({ status, position = 0, by, edited, failure }: RecapStatus): string {
  if (status === "queued") {
    const before = position === 0 ? "هو التالي." : `يسبقه ${plural(position, summary)}.`;
    return `هذه نسخة أولى. ستُكتب نسخة أفضل: ${before}`;
  }
  if (status === "writing") {
    return "هذه نسخة أولى. تجري كتابة نسخة أفضل.";
  }
  if (status === "failed") {
    return `${failure ?? "تعذّرت كتابة النسخة الأفضل."} ما تراه جُمع من دونها.`;
  }
  if (edited) return "عدّلت النص.";
  return by === "model"
    ? "كتبه نموذج لغوي مما احتفظت به الجلسة: اقرأه قبل نشره."
    : "جُمع مما احتفظت به الجلسة.";
}

const readersOf = ({ publishedAt }: RecapStatus): string =>
  publishedAt === undefined ? "لا يستطيع قراءته إلا المضيفون." : "كل من لديه الرابط يستطيع قراءته.";
