import { question, vote } from "../../../../words/ar/nouns.ts";
import { label, plural } from "../../../../words/ar/plural.ts";

/** What the results say of questions from the audience. */
export const results = {
  title: "ما سألت عنه القاعة",
  figure: "أسئلة القاعة",
  sort: "الترتيب",
  sorts: { votes: "حسب الأصوات", asked: "حسب وقت طرحها" },
  votes: (count: number) => label(count, vote),
  status: {
    published: "لم يُجب عنه",
    answered: "أُجيب عنه",
    pending: "لم يُنشر",
    hidden: "مخفي",
  },
  merged: "دُمج في سؤال آخر",
  unseen: (count: number) => `لم ترَ القاعة: ${plural(count, question)}`,
} as const;
