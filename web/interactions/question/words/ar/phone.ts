import type { ErrorCode } from "../../../../client/error.ts";
import { change, character, question, vote } from "../../../../words/ar/nouns.ts";
import { number, plural } from "../../../../words/ar/plural.ts";

/** On the phone. */
export const phone = {
  tab: "الأسئلة",
  ask: {
    label: "اسأل المتحدث",
    send: "إرسال",
    withName: "باسمي: ",
    nameless: "لم يعد اسمك معروفًا. أضف اسمًا من فضلك، أو اسأل دون اسم.",
    moderated: "يقرؤه مشرف أولًا.",
    off: "لا يقبل المضيف أسئلة في الوقت الحالي.",
    left: (count: number) => `بقي ${plural(count, character)}`,
    over: (count: number) => `زاد ${plural(count, character)} على الحد`,
    sent: "سؤالك في الطريق.",
    waits: "سؤالك محفوظ على هذا الهاتف، ويُرسل حين يعود الاتصال.",
    back: "عاد نصك إلى الحقل.",
  },
  own: {
    title: "أسئلتك",
    sending: "جارٍ الإرسال…",
    away: "في انتظار الشبكة. يُرسل حين يعود الاتصال.",
    pending: "في انتظار مشرف. لا يراه أحد غيرك بعد.",
    published: "أُرسل. يراه الجميع.",
    answered: "أُجيب عنه",
    hidden: "أخفاه المضيف. لا يراه أحد غيرك.",
    merged: "دُمج: سؤال آخر يسأل الشيء نفسه.",
    showOther: "عرض ذلك السؤال",
    withdraw: "سحب",
    sure: "سحبه؟",
    yes: "نعم، اسحبه",
    no: "أبقِه",
    withdrawn: "سُحب سؤالك.",
  },
  /** What is said when something happens to an own question. */
  told: {
    published: "ظهر سؤالك للجميع.",
    answered: "أُجيب عن سؤالك.",
    hidden: "أخفى المضيف سؤالك.",
    pinned: "يُجاب عن سؤالك الآن.",
  },
  list: {
    title: "أسئلة الجمهور",
    order: "الترتيب",
    votes: "الأعلى تصويتًا",
    newest: "الأحدث",
    nothing: "لا أسئلة بعد.",
    first: "لا أسئلة بعد. قد يكون سؤالك الأول.",
    pinned: "يُجاب عنه الآن",
    answered: "أُجيب عنه",
    answer: "إجابة المضيف",
    yours: "سؤالك",
    gone: "لم يعد هذا السؤال موجودًا.",
    more: (left: number) => `عرض المزيد (${number(left)})`,
    reading: "جارٍ قراءة المزيد…",
    notRead: "لا يمكن قراءة المزيد من الأسئلة الآن.",
    changes: (count: number) => `${plural(count, change)}، عرض`,
    all: "عرضه كاملًا",
    less: "عرض أقل",
    counted: (count: number) => plural(count, vote),
    vote: (count: number) => `أريد أن يُجاب عن هذا أيضًا، ${plural(count, vote)}`,
  },
  /** One of the two at least. */
  kept: (questions: number, votes: number) => {
    const all = [
      ...(questions > 0 ? [plural(questions, question)] : []),
      ...(votes > 0 ? [plural(votes, vote)] : []),
    ];
    return `حُفظ ${all.join(" و")}، ويُرسل ذلك حين يعود الاتصال`;
  },
  /** Why a question is not taken. @param isMany this person has several that wait */
  askRefused: (code: ErrorCode, isMany: boolean): string => {
    if (code === "too_many_questions" && isMany) return TOO_MANY_OWN;
    return ASK_REFUSED[code] ?? "لم يُقبل سؤالك. حاول مجددًا من فضلك.";
  },
  /** Why a vote does not count. */
  voteRefused: (code: ErrorCode): string => VOTE_REFUSED[code] ?? "لم يُحسب صوتك. حاول مجددًا من فضلك.",
  /** Why a question could not be withdrawn. */
  withdrawRefused: (code: ErrorCode): string =>
    WITHDRAW_REFUSED[code] ?? "تعذّر سحب سؤالك. حاول مجددًا من فضلك.",
} as const;

const TOO_MANY_OWN = "لديك ثلاثة أسئلة تنتظر الإجابة. اسحب أحدها، أو انتظر حتى يُجاب عن أحدها.";

const ASK_REFUSED: Readonly<Record<string, string>> = {
  too_many_questions: "لا مكان لسؤال آخر في هذه الجلسة.",
  questions_off: "لا يقبل المضيف أسئلة في الوقت الحالي.",
  blocked: "لا يقبل المضيف أسئلتك في الوقت الحالي.",
  session_ended: "انتهت الجلسة.",
  invalid_request: "لا يمكن طرح هذا: حتى 500 حرف، وفيه ما يُقرأ.",
  network: "تعذّر إرسال سؤالك.",
};

const VOTE_REFUSED: Readonly<Record<string, string>> = {
  question_not_found: "لم يعد هذا السؤال موجودًا.",
  own_question: "لا يصوّت أحد لسؤاله.",
  question_fixed: "أُجيب عن هذا السؤال في هذه الأثناء: تبقى أصواته كما هي.",
  questions_off: "لا يقبل المضيف أصواتًا في الوقت الحالي.",
  blocked: "لا يقبل المضيف أصواتك في الوقت الحالي.",
  session_ended: "انتهت الجلسة.",
  network: "تعذّر إرسال صوتك.",
};

const WITHDRAW_REFUSED: Readonly<Record<string, string>> = {
  question_fixed: "أُجيب عنه في هذه الأثناء، ويبقى.",
  question_not_found: "لم يعد موجودًا.",
  session_ended: "انتهت الجلسة: ما طُرح يبقى.",
  network: "يمكن سحبه حين يعود الاتصال.",
};
