/** What opens from a talk. */
export const opened = {
  deck: "جارٍ فتح العرض…",
  stage: "جارٍ فتح المنصة…",
  results: "جارٍ فتح النتائج…",
  recap: "جارٍ فتح الملخّص…",
  back: "العودة إلى محاضراتك",
  broken: "هذا الرابط ناقص. افتح المحاضرة من قائمتك.",
} as const;
