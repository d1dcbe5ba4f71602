import { answer, person, question, reaction, slide } from "./nouns.ts";
import { number, plural, pluralOf } from "./plural.ts";

const brokenAfter = (what: string) =>
  `انقطع التنزيل بعد ${what}، ولم تفد إعادة المحاولة. لم يُحفظ شيء: حاول مجددًا باتصال أفضل.`;

/** The page of a session's results. */
export const results = {
  title: "النتائج · revint",
  titleOf: (name: string) => `${name} · النتائج · revint`,
  heading: "النتائج",
  connecting: "جارٍ قراءة النتائج…",
  noSession: {
    title: "أي جلسة؟",
    text: "لا يذكر هذا الرابط أي جلسة. الصق رمز المضيف، أو اسم الجلسة أو رابط الانضمام إليها.",
  },
  notFound: {
    title: "لا توجد جلسة كهذه",
    text: "قد يكون الرابط ناقصًا، أو مُحيت الجلسة ونتائجها. للمحاولة من جديد، الصق رمز المضيف، أو اسم الجلسة أو رابط الانضمام إليها.",
  },
  openSession: "عرض نتائجها",
  notPublic: {
    title: "هذه النتائج غير متاحة",
    text: "لا يراها إلا مضيفوها، ما لم يتيحوها للجميع.",
  },
  failed: { title: "لا يعمل هذا الآن", text: "حاول مجددًا بعد لحظات." },
  deleted: {
    title: "حُذف كل شيء",
    text: "مُحيت الجلسة وتفاعلاتها وكل من شارك فيها.",
  },
  ask: {
    title: "النتائج",
    text: "الصق رمز المضيف لهذه الجلسة، أو الرابط الذي دُعيت به. يبقى في هذا التبويب.",
  },
  isHost: "هل أنت المضيف أو مضيف مشارك؟",
  open: "فتح",
  badToken:
    "هذا لا يفتح هذه الجلسة. تأكد من أنه لُصق كاملًا، وأنه لهذه المحاضرة وهذا التاريخ؛ ربما انتهت صلاحيته، أو سُحبت الدعوة.",
  live: "جارية",
  over: (at: string) => `انتهت ${at}`,
  people: "الأشخاص",
  most: "الأكثر معًا",
  length: "المدة",
  course: "كيف سارت",
  perBucket: (seconds: string) => `التفاعلات في ${seconds}`,
  peoplePresent: (most: number) => `الأشخاص الحاضرون، حتى ${number(most)}`,
  upTo: (count: number) => `حتى ${number(count)}`,
  courseSummary: (total: number, people: number, slides: number) =>
    `${plural(total, reaction)} من ${pluralOf(people, person)} على ${pluralOf(slides, slide)}؛ الأرقام في الجدول أدناه.`,
  nothing: "لا تفاعلات.",
  count: (count: number) => plural(count, reaction),
  moments: "لحظات بارزة",
  factor: (factor: string) => `${factor}× المعتاد`,
  recap: "ملخّص لجمهورك",
  take: "خذها معك",
  exports: {
    reactions: { xlsx: "جدول بيانات (Excel)", csv: "جدول بيانات (CSV)", ndjson: "بيانات (NDJSON)" },
    answers: { xlsx: "الإجابات (Excel)", csv: "الإجابات (CSV)", ndjson: "الإجابات (NDJSON)" },
    questions: { xlsx: "الأسئلة (Excel)", csv: "الأسئلة (CSV)", ndjson: "الأسئلة (NDJSON)" },
  },
  print: "طباعة أو حفظ بصيغة PDF",
  saving: (rows: number, total: number) => `جارٍ حفظ ${number(Math.min(rows, total))} من ${number(total)}…`,
  savingOf: {
    answers: (rows: number) => `جارٍ حفظ ${pluralOf(rows, answer)}…`,
    questions: (rows: number) => `جارٍ حفظ ${pluralOf(rows, question)}…`,
  },
  saved: "حُفظت.",
  resuming: "انقطع الاتصال. نتابع بعد لحظات…",
  broken: (rows: number, total: number) =>
    brokenAfter(`${number(Math.min(rows, total))} من ${pluralOf(total, reaction)}`),
  brokenOf: {
    answers: (rows: number) => brokenAfter(pluralOf(rows, answer)),
    questions: (rows: number) => brokenAfter(pluralOf(rows, question)),
  },
  refused: "لم تعد الخدمة تقدّم هذا التنزيل. افتح هذه الصفحة مرة أخرى.",
  host: "للمضيف",
  moderator: "للمشرفين",
  everyone: "كل من لديه الرابط يستطيع رؤية هذه النتائج",
  isPublic: "كل من لديه الرابط يستطيع الآن رؤية هذه النتائج.",
  isPrivate: "لا يرى هذه النتائج الآن إلا المضيفون.",
  link: "رابط هذه النتائج",
  ended: {
    title: "انتهت الجلسة. تبقى نتائجها.",
    text: "ودّعت كل الهواتف، ولم يعد أحد يستطيع التفاعل.",
  },
  alreadyEnded: "انتهت الجلسة؛ لم يعد تغيير هذا ممكنًا.",
  notDone: "لم تنفّذ الخدمة هذا. حاول مجددًا من فضلك.",
  remove: "حذف كل شيء…",
  askDelete: {
    title: "حذف كل شيء؟",
    text: "تُمحى الجلسة وكل تفاعل وكل من شارك، نهائيًا. وما نزّلته وحفظته يبقى لك.",
    word: "حذف",
    type: (word: string) => `اكتب «${word}» للتأكيد`,
    confirm: "حذف نهائي",
  },
  deleting: "جارٍ الحذف…",
  left: (what: readonly string[]) => `جارٍ الحذف… بقي: ${what.join("، ")}`,
  leftNames: {
    rooms: "التفاعلات",
    hosts: "المضيفون",
    users: "من انضموا",
    results: "المجاميع",
  } as Readonly<Record<string, string>>,
} as const;
