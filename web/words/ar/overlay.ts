/** The page in a stream. Whoever sets it up reads this, and then perhaps everybody: a sentence, and no more. */
export const overlay = {
  title: "طبقة البث · revint",
  name: "طبقة البث",
  connecting: "جارٍ الاتصال…",
  incomplete: "هذا العنوان ناقص: انسخه مرة أخرى من المنصة (أدوات التحكم، طبقات البث).",
  notFound: "لا توجد جلسة كهذه: ربما حُذفت.",
  revoked: "مفتاح طبقة البث هذه غير صالح، أو لم يعد صالحًا. أنشئ مفتاحًا جديدًا على المنصة.",
  refused: "لم تقبل الخدمة طبقة البث هذه. حاول مجددًا لاحقًا.",
  unknown: (name: string, value: string, known: readonly string[]) =>
    `\u2066“${name}=${value}”\u2069 غير معروف. المعروف: \u2066${known.join(", ")}\u2069.`,
} as const;
