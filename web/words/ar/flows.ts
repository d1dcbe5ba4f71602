import type {
  FlowAction,
  FlowActivityStatus,
  FlowCondition,
  FlowTrigger,
  NewFlow,
} from "../../../shared/protocol/flow.ts";
import type { FlowRecipe } from "../../../shared/protocol/flow-recipes.ts";
import { namePage } from "../../../shared/protocol/page-name.ts";
import { minute, person, reaction, second, vote } from "./nouns.ts";
import { number, plural, pluralOf } from "./plural.ts";

/** What a flow's activities are called where somebody reads of them. */
type NameActivity = (id: string) => string;

/** The marks keep what is quoted in the order in which it was written. */
const quote: NameActivity = (text) => `«\u2068${text}\u2069»`;

/**
 * What a flow does, in a sentence, such as "عندما يجيب 80% من الأشخاص عن «pace»: إغلاق «pace»، وإبلاغ chat.example.org."
 * Of a webhook's address only the host is told: the rest of it often is a key.
 * @param nameActivity what is asked, say, in place of its id
 */
function describeFlow(flow: Pick<NewFlow, "on" | "if" | "do">, nameActivity = quote): string {
  const conditions = flow.if.map((condition) => describeCondition(condition, nameActivity));
  const actions = flow.do.map((action) => describeAction(action, nameActivity));
  const only = conditions.length > 0 ? `، إن ${join(conditions)}` : "";
  return `${describeTrigger(flow.on, nameActivity)}${only}: ${join(actions)}.`;
}

/** "And" stands before each that follows, and is written with it. */
const join = (parts: readonly string[]): string => parts.join("، و");

/** "عندما …", "كلما …", "في …" or "كل …". */
function describeTrigger(on: FlowTrigger, nameActivity = quote): string {
  switch (on.event) {
    case "reactions": {
      const what =
        on.reaction === undefined
          ? plural(on.atLeast, reaction)
          : `${number(on.atLeast)} × \u2068${on.reaction}\u2069`;
      const where = on.page === undefined ? "" : ` على الشريحة ${namePage(on.page)}`;
      const within = on.within === undefined ? "" : ` خلال ${pluralOf(on.within, second)}`;
      return `${when(on.again, "وصل", "يصل")} ${what}${where}${within}`;
    }
    case "page":
      return on.page === undefined ? "كلما عُرضت شريحة" : `كلما عُرضت الشريحة ${namePage(on.page)}`;
    case "activity":
      return `كلما ${BECAME[on.status]} ${on.activity === undefined ? "نشاط" : nameActivity(on.activity)}`;
    case "answers": {
      const who = on.share === 1 ? "الجميع" : `${percent(on.share)} من الأشخاص`;
      return `${when(on.again, "أجاب", "يجيب")} ${who} عن ${on.activity === undefined ? "نشاط" : nameActivity(on.activity)}`;
    }
    case "question":
      return on.votes === undefined ? "كلما طرح أحد سؤالًا" : `كلما نال سؤال ${pluralOf(on.votes, vote)}`;
    case "people":
      return "atLeast" in on
        ? `${when(on.again, "حضر", "يحضر")} ${plural(on.atLeast, person)}`
        : `${when(on.again, "صار", "يصير")} عدد الحاضرين أقل من ${number(on.below)}`;
    case "ended":
      return "عندما تنتهي الجلسة";
    case "recap":
      return "عندما يصبح الملخّص جاهزًا";
    case "schedule":
      return describeSchedule(on);
    case "http":
      return "كلما استُدعي عنوانها";
    case "queue":
      return `كلما وصلت عبر الطابور رسالة عن ${quote(on.topic)}`;
  }
}

/** "Each time" takes a verb of the past, "when" one of the present. */
const when = (again: true | undefined, past: string, present: string) =>
  again ? `كلما ${past}` : `عندما ${present}`;

const BECAME: Record<FlowActivityStatus, string> = {
  open: "فُتح",
  closed: "أُغلق",
  revealed: "ظهرت نتيجة",
};

const percent = (share: number) =>
  share.toLocaleString("ar-u-nu-latn", { style: "percent", maximumFractionDigits: 1 });

function describeSchedule(on: Extract<FlowTrigger, { event: "schedule" }>): string {
  if ("every" in on) return on.every === 1 ? "كل دقيقة" : `كل ${pluralOf(on.every, minute)}`;
  if ("minutes" in on && on.from === "start") return describeFromStart(on.minutes);
  if ("minutes" in on) {
    return on.minutes === 0 ? "عندما تبدأ الجلسة" : `بعد ${pluralOf(on.minutes, minute)} من بدء الجلسة`;
  }
  const shown = new Date(`${on.at}:00Z`);
  const day = shown.toLocaleDateString("ar-u-nu-latn", { dateStyle: "long", timeZone: "UTC" });
  return `في ${day} الساعة ${on.at.slice(-5)} (${on.zone.replaceAll("_", " ")})`;
}

function describeFromStart(minutes: number): string {
  if (minutes === 0) return "عندما تبدأ المحاضرة";
  const span = pluralOf(Math.abs(minutes), minute);
  return `${minutes < 0 ? "قبل" : "بعد"} ${span} من بدء المحاضرة`;
}

/** Begins with a verb of the past: it stands after "if". */
function describeCondition(condition: FlowCondition, nameActivity = quote): string {
  if ("people" in condition) {
    const { atLeast, below } = condition.people;
    return below === undefined
      ? `حضر ${plural(atLeast ?? 0, person)} على الأقل`
      : `حضر أقل من ${pluralOf(below, person)}`;
  }
  if ("page" in condition) return `كانت الشريحة ${namePage(condition.page)} معروضة`;
  return `كان ${nameActivity(condition.activity)} ${WAS[condition.status]}`;
}

const WAS: Record<FlowActivityStatus, string> = {
  open: "مفتوحًا",
  closed: "مغلقًا",
  revealed: "ظاهر النتيجة",
};

const DOES: Record<FlowActivityStatus, string> = { open: "فتح", closed: "إغلاق", revealed: "إظهار نتيجة" };

/** Begins with a noun: it stands within a sentence. */
function describeAction(action: FlowAction, nameActivity = quote): string {
  switch (action.do) {
    case "activity": {
      const name = nameActivity(action.activity);
      const { seconds } = action;
      return `${DOES[action.status]} ${name}${seconds === undefined ? "" : ` لمدة ${pluralOf(seconds, second)}`}`;
    }
    case "state":
      return `عرض الشريحة ${namePage(action.page)}`;
    case "rules":
      return join([...describePause(action.paused), ...describeQuestions(action.questions)]);
    case "message":
      return `عرض ${quote(action.text)} على المنصة`;
    case "end":
      return "إنهاء الجلسة";
    case "webhook":
      return `إبلاغ ${URL.canParse(action.url) ? `\u2068${new URL(action.url).host}\u2069` : "عنوان"}`;
    case "recap":
      return "إنشاء الملخّص";
    case "queue":
      return `وضع رسالة عن ${quote(action.topic)} في الطابور`;
    case "store":
      return "حفظ العدّادات";
  }
}

const describePause = (paused: boolean | undefined): string[] =>
  paused === undefined ? [] : [paused ? "إيقاف التفاعلات مؤقتًا" : "استئناف التفاعلات"];

const QUESTIONS = {
  off: "إيقاف الأسئلة",
  open: "قبول الأسئلة",
  moderated: "قبول أسئلة ينشرها مشرف",
};

const describeQuestions = (questions: keyof typeof QUESTIONS | undefined): string[] =>
  questions === undefined ? [] : [QUESTIONS[questions]];

/** The ready ones. In a sentence each blank stands by its name, such as {votes}. */
const recipes: Record<FlowRecipe, { readonly name: string; readonly sentence: string }> = {
  close: {
    name: "إغلاق بعد أن تجيب القاعة",
    sentence: "عندما يجيب {share} بالمئة من الأشخاص عن {activity}، يُغلق.",
  },
  question: {
    name: "إبلاغ محادثتنا بما تريد القاعة معرفته",
    sentence: "عندما يبلغ عدد أصوات سؤال {votes}، يُرسل إلى {url}.",
  },
  welcome: {
    name: "شيء لمن يصلون مبكرًا",
    sentence: "قبل {minutes} دقيقة من بدء المحاضرة، يُفتح {activity}.",
  },
  over: {
    name: "إنهاء بعد عدد من الدقائق",
    sentence: "بعد {minutes} دقيقة من بدء المحاضرة، تُنهى الجلسة ويُنشأ الملخّص.",
  },
  end: {
    name: "إنهاء في وقت محدد",
    sentence: "في {time}، بتوقيت {zone}، تُنهى الجلسة.",
  },
  recap: {
    name: "إنشاء الملخّص في النهاية",
    sentence: "عندما تنتهي الجلسة، يُنشأ الملخّص. أنت تنشره.",
  },
  key: {
    name: "مفتاح يفتحه",
    sentence: "عندما يُضغط مفتاح على لوحة stream deck لديّ، يُفتح {activity}.",
  },
  save: {
    name: "حفظ العدّادات أولًا بأول",
    sentence: "كل {minutes} دقيقة، ما دام أحد حاضرًا، تُحفظ العدّادات.",
  },
};

/** Flows, told to their hosts. */
export const flows = {
  describe: describeFlow,
  trigger: describeTrigger,
  condition: describeCondition,
  action: describeAction,
  recipes,
} as const;
