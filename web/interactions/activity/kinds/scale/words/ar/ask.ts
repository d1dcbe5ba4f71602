export const words = {
  name: "تقييم",
  example: "كيف السرعة؟",
  steps: "الدرجات",
  ranges: { "1-5": "1 إلى 5", "1-10": "1 إلى 10", "0-10": "0 إلى 10" },
  from: "الأدنى يعني",
  fromExample: "بطيء جدًا",
  to: "الأعلى يعني",
  toExample: "سريع جدًا",
  both: "اذكر معنى الطرفين، أو اتركهما معًا.",
} as const;
