import { person } from "../../../../words/ar/nouns.ts";
import { number, plural } from "../../../../words/ar/plural.ts";

/** What the results say of activities. */
export const results = {
  title: "ما سُئلت عنه القاعة",
  figure: "الأسئلة المطروحة",
  open: "ما زال مفتوحًا",
  answeredBy: (people: number) => `أجاب ${plural(people, person)}`,
  round: (round: number) => `الجولة ${number(round)}`,
  all: (count: number) => `كل الإجابات في جدول (${number(count)})`,
  quiz: "قائمة الصدارة في المسابقة",
  answer: "الإجابة",
  people: "الأشخاص",
} as const;
