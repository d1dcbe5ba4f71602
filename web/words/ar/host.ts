import { account } from "./host/account.ts";
import { admin } from "./host/admin.ts";
import { decks } from "./host/decks.ts";
import { entrance } from "./host/entrance.ts";
import { opened } from "./host/opened.ts";
import { passkey } from "./host/passkey.ts";
import { talks } from "./host/talks.ts";

/** The page of a host's account: a file for each of its sections. */
export const host = {
  title: "المضيف · revint",
  titleOf: (view: string) => `${view} · المضيف · revint`,
  opening: "لحظة من فضلك…",
  failed: {
    title: "لا يعمل هذا الآن",
    text: "تعذّر الوصول إلى الخدمة. حاول مجددًا بعد لحظات.",
  },
  views: { talks: "المحاضرات", decks: "العروض", account: "الحساب", admin: "كل الحسابات" },
  navigation: "حسابك",
  more: "عرض المزيد",
  reading: "جارٍ القراءة…",
  notLoaded: "لا يمكن عرض هذا الآن. نواصل المحاولة.",
  save: "حفظ",
  saved: "حُفظ.",
  close: "إغلاق",
  emailAgain: (email: string) => `اكتب «${email}» للتأكيد`,

  /** What went wrong, by the service's code, wherever nothing else says it better. */
  problems: {
    network: "تعذّر الوصول إلى الخدمة. تحقق من اتصالك، ثم حاول مجددًا.",
    not_signed_in: "لم يعد دخولك مسجَّلًا. سجّل الدخول للمتابعة.",
    rate_limited: "جاءت طلبات كثيرة من شبكتك. انتظر دقيقة، ثم حاول مجددًا.",
    too_many_attempts: "محاولات خاطئة كثيرة. انتظر حتى تصبح المحاولة التالية ممكنة.",
    sign_in_failed: "لا يمكنك الدخول بهذا. تحقق مما كتبته، ثم حاول مجددًا.",
    link_not_valid: "لم يعد هذا الرابط صالحًا. اطلب رابطًا جديدًا.",
    limit_reached: "لا مكان للمزيد. احذف ما لم تعد تحتاجه، ثم حاول مجددًا.",
    last_way_in: "هذه هي الطريقة الوحيدة للدخول إلى حسابك. أضف طريقة أخرى أولًا.",
    talk_not_found: "حُذفت هذه المحاضرة. حمّل الصفحة مرة أخرى لترى الموجود.",
    deck_not_found: "حُذف هذا العرض. حمّل الصفحة مرة أخرى لترى الموجود.",
    account_not_found: "حُذف هذا الحساب. حمّل الصفحة مرة أخرى لترى الموجود.",
    sign_up_closed:
      "الحسابات الجديدة مغلقة هنا. يفتحها من يدير هذه الخدمة؛ أما روابط الاسترداد فتعمل كالمعتاد.",
    not_admin: "لا يُسمح بهذا إلا لمسؤول. اطلب من أحدهم فعله.",
    foreign_origin: "لا تقبل الخدمة هذا إلا من صفحاتها. افتح هذه الصفحة على عنوانها المعتاد.",
    not_configured: "لم تُهيَّأ الحسابات هنا بعد. اطلب ممن يدير هذه الخدمة إتمام ذلك.",
    invalid_request: "شيء مما أُرسل ليس كما ينبغي. تحقق مما كتبته، ثم حاول مجددًا.",
    conflict: "تغيّر هذا في مكان آخر. حمّل الصفحة مرة أخرى، ثم حاول من جديد.",
    too_large: "هذا أكبر مما تقبله الخدمة. صغّره، ثم حاول مجددًا.",
    other: "لم تنفّذ الخدمة هذا. حاول مجددًا بعد لحظات.",
  } as Readonly<Record<string, string>>,

  passkey,
  entrance,
  talks,
  opened,
  account,
  admin,
  decks,
} as const;
