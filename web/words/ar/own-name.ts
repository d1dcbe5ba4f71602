import type { ErrorCode } from "../../client/error.ts";

/** How somebody in the audience gives themselves a name, and where they are asked for it. */
export const ownName = {
  unnamed: { rankings: "ليس لك اسم في قوائم الصدارة.", questions: "تسأل دون اسم." },
  named: { rankings: "اسمك في قوائم الصدارة: ", questions: "اسمك: " },
  give: "إضافة اسم",
  change: "تغييره",
  label: "اسمك",
  hint: {
    rankings: "يظهر للجميع في قوائم الصدارة. اتركه فارغًا لتبقى دون اسم.",
    questions: "يظهر للجميع في قوائم الصدارة، ومع الأسئلة التي تريد أن يظهر معها. اتركه فارغًا لتبقى دون اسم.",
  },
  save: "حفظ",
  cancel: "إلغاء",
  saved: {
    rankings: (name: string) => `أنت الآن ${name} في قوائم الصدارة.`,
    questions: (name: string) => `أنت الآن ${name}.`,
  },
  stays: "الاسم الذي أُضيف يمكن تغييره، لا حذفه. اكتب اسمًا من فضلك.",
  off: "لا يقبل المضيف أسماء في هذه الجلسة.",
  /** Why a name is not taken. */
  refused: (code: ErrorCode): string => REFUSED[code] ?? "لم يُقبل اسمك. حاول مجددًا من فضلك.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  name_taken: "هذا الاسم لشخص آخر هنا. اختر اسمًا آخر من فضلك.",
  names_off: ownName.off,
  invalid_request: "لا يصلح هذا اسمًا: حتى 32 حرفًا مرئيًا، في سطر واحد.",
  rate_limited: "غيّرته مرات كثيرة. انتظر دقيقة، ثم حاول مجددًا.",
  blocked: "لا يقبل المضيف منك اسمًا في الوقت الحالي.",
  session_ended: "انتهت الجلسة: لم تعد الأسماء تُقبل.",
  network: "تعذّر إرسال اسمك. حاول مجددًا حين يعود الاتصال.",
  unavailable: "تعذّر حفظ اسمك. حاول مجددًا بعد لحظات.",
};
