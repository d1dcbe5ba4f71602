/** The page of a deck that a host has brought along. */
export const deck = {
  title: (title: string) => `${title} · revint`,
  opening: "جارٍ فتح العرض…",
  printing: (count: number, all: number) => `جارٍ رسم الصفحة ${count} من ${all} للطباعة…`,
  /** What a page is called that has no words. */
  page: (number: number, count: number) => `الصفحة ${number} من ${count}`,
  /** In place of a page. */
  broken: {
    title: (number: number) => `لا يمكن رسم الصفحة ${number}`,
    text: "يمكن للمتحدث تصدير ملف PDF مرة أخرى من برنامجه الأصلي، ثم رفع ذلك الملف.",
  },
  arrival: {
    waiting: "في انتظار الشبكة. تظهر هذه الصفحة حالما تعود.",
    gone: "لم يعد باقي هذا العرض موجودًا: حُذف في هذه الأثناء.",
  },
  problems: {
    missing: {
      title: "لا يوجد عرض كهذا",
      text: "ربما حُذف. تحقق من الرابط، أو اسأل من أعطاك إياه.",
    },
    unreachable: {
      title: "لا يمكن الوصول إلى العرض الآن",
      text: "تحقق من اتصالك، ثم حاول مجددًا.",
    },
    broken: {
      title: "لا يمكن عرض ملف PDF هذا",
      text: "صدّره مرة أخرى من برنامجه الأصلي، ثم ارفع ذلك الملف.",
    },
    password: {
      title: "ملف PDF هذا محمي بكلمة مرور",
      text: "احفظه دون كلمة مرور، ثم ارفع ذلك الملف.",
    },
  },
  /** The speaker's own window. */
  speaker: {
    key: "نافذة المتحدث",
    title: (title: string) => `نافذة المتحدث · ${title}`,
    slide: (number: number, count: number) => `الشريحة ${number} من ${count}`,
    elapsed: "الوقت منذ البداية",
    restart: "البدء من جديد",
    previous: "السابقة",
    next: "التالية",
    current: "على الشاشة الآن",
    upcoming: "التالية",
    last: "هذه آخر شريحة.",
    notes: "الملاحظات",
    noNotes: "لا ملاحظات لهذه الشريحة.",
    pdf: "لا يحمل ملف PDF ملاحظات. أما الشرائح المكتوبة بصيغة Markdown فلها ملاحظات، تحت سطر يبدأ بـ \u2066“Note:”\u2069.",
    notOwn: "لا يرى ملاحظات العرض إلا صاحبه. هل هو لك؟",
    signIn: "تسجيل الدخول",
    lookAgain: "التحقق مجددًا",
    lost: "لا تستجيب نافذة العرض. عُد إليها، أو افتح العرض مرة أخرى واضغط S هناك.",
    alone: {
      title: "هذه نافذة المتحدث للعرض",
      text: "افتح العرض، واضغط S هناك: عندها تتبعه هذه النافذة.",
      open: "فتح العرض",
    },
  },
} as const;
