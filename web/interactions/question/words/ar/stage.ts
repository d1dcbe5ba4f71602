import { change, question, vote } from "../../../../words/ar/nouns.ts";
import { plural } from "../../../../words/ar/plural.ts";

/** So much of a question is said where something is said of it. */
const SPOKEN = 60;

/** What was done. */
const DID = {
  published: "نُشر",
  pending: "أُعيد إلى الانتظار",
  hidden: "أُخفي",
  answered: "أُجيب عنه",
  reopened: "لم يعد مُجابًا عنه",
  putBack: "أُعيد",
  pinned: "ثُبّت",
  unpinned: "أُلغي تثبيته",
  written: "أُجيب عنه كتابة",
  unwritten: "أُزيلت الإجابة",
  merged: "دُمج",
  blocked: "حُظر صاحبه",
} as const;

export type Did = keyof typeof DID;

/** What the stage says of questions from the audience. */
export const stage = {
  title: "الأسئلة",
  rule: "من يستطيع السؤال",
  rules: {
    off: { name: "مغلقة", text: "لا يستطيع أحد السؤال ولا التصويت. ما طُرح يبقى للقراءة." },
    open: { name: "مفتوحة", text: "يستطيع الجميع السؤال، ويرون كل سؤال فورًا." },
    moderated: { name: "بإشراف", text: "يستطيع الجميع السؤال. وترى القاعة ما تنشره." },
  },
  put: "إظهار الأسئلة",
  putAway: "إزالة الأسئلة من اللوحة",
  list: "القائمة",
  tabs: { pending: "للنشر", asked: "منشورة", hidden: "مخفية" },
  nothing: {
    pending: "لا شيء ينتظر النشر.",
    asked: "لا ترى القاعة أي سؤال بعد.",
    hidden: "لا شيء مخفي.",
  },
  sort: "الترتيب",
  sorts: { votes: "حسب الأصوات", newest: "الأحدث" },
  changes: (count: number) => `${plural(count, change)}، عرض`,
  upToDate: "محدَّثة",
  votes: (count: number) => plural(count, vote),
  status: { pending: "ينتظر النشر", published: "منشور", answered: "أُجيب عنه", hidden: "مخفي" },
  pinned: "مثبَّت",
  merged: (text: string) => `دُمج في «\u2068${text.slice(0, SPOKEN)}\u2069»`,
  mergedAway: "دُمج في سؤال آخر",
  unseen: "لا يرى أحد هذه الإجابة ما دام السؤال غير مُجاب عنه.",
  more: "المزيد",
  less: "أقل",
  publish: "نشر",
  putBack: "إعادة",
  hide: "إخفاء",
  pin: "تثبيت",
  unpin: "إلغاء التثبيت",
  tick: "أُجيب عنه",
  reopen: "لم يُجب عنه",
  write: "إجابة كتابية…",
  rewrite: "تغيير الإجابة…",
  merge: "دمج…",
  block: "حظر صاحبه…",
  of: (action: string, text: string) => `${action}: ${text.slice(0, SPOKEN)}`,
  undo: "تراجع",
  done: (did: Did, text: string): string => `${DID[did]}: ${text.slice(0, SPOKEN)}`,
  keys: {
    title: "المفاتيح",
    text: "في القائمة، للسؤال الذي عليه التركيز:",
    list: [
      ["↑ ↓", "السابق، التالي"],
      ["Home End", "الأول، الأخير"],
      ["Enter", "كامل السؤال، وكل ما يمكن فعله"],
      ["P", "نشره، أو إعادته"],
      ["H", "إخفاؤه"],
      ["A", "أُجيب عنه، أو لا"],
      ["I", "تثبيته، أو إلغاء تثبيته"],
      ["W", "إجابة كتابية"],
      ["M", "دمجه في سؤال آخر"],
      ["B", "حظر صاحبه"],
      ["U", "التراجع عن آخر ما تم"],
    ],
  },
  askAnswer: {
    title: "إجابة كتابية",
    close: "إغلاق",
    label: "يقرأ هذا كل من يرى السؤال",
    save: "حفظ",
    remove: "إزالة الإجابة",
    none: "اكتب إجابة من فضلك.",
  },
  askMerge: {
    title: "في أي سؤال يُدمج؟",
    close: "إغلاق",
    text: "يُخفى هذا السؤال، ويقود إلى ذاك. تبقى الأصوات في مكانها: ربما صوّت الأشخاص أنفسهم للسؤالين.",
    find: "بحث",
    none: "لا يوجد.",
    more: (count: number) => `و${plural(count, question)} أيضًا: اكتب بعض الكلمات.`,
  },
  askBlock: {
    title: "حظر من طرح هذا؟",
    text: "لا يُقبل منه شيء بعد الآن. يُخفى ما سأله، ويُزال من العدّادات ما أرسله وما صوّت له.",
    confirm: "حظره",
  },
  gone: "لم يعد هذا السؤال موجودًا.",
  notAllowed: "دورك في هذه الجلسة لا يشمل هذا: اسأل المضيف.",
} as const;
