/** What the console says where activities are written before a talk. */
export const prepare = {
  title: "كتابة نشاط جديد",
  save: (kind: string) => `حفظ: ${kind}`,
  cancel: "إلغاء",
};
