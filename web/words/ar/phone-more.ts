/** What few people use on the phone page: loaded when somebody opens it. */
export const phoneMore = {
  awake: {
    on: "إبقاء الشاشة مضاءة",
    refused:
      "غير مفعّل: يرفضه هاتفك حاليًا، كما يفعل حين تنخفض البطارية. تُعاد المحاولة كلما عدت إلى هذه الصفحة.",
  },
  link: {
    label: "رابط الانضمام",
    share: "مشاركة الرابط",
    shared: "تمت المشاركة.",
    copy: "نسخ الرابط",
    copied: "نُسخ.",
    notCopied: "النسخ غير ممكن هنا: الرابط محدد، انسخه بنفسك.",
  },
} as const;
