import { participant, point } from "../../../../words/ar/nouns.ts";
import { number, plural, pluralOf } from "../../../../words/ar/plural.ts";

/** What a ranking of the quiz says, wherever it is drawn. */
export const ranking = {
  title: "قائمة الصدارة",
  unnamed: "دون اسم",
  points: (points: number) => plural(points, point),
  /** What is said of one line to those who can't see its bar. */
  spoken: (rank: number, name: string, points: string) => `المركز ${number(rank)}: ${name}، ${points}`,
  nobody: "لم يشارك أحد بعد.",
  tookPart: (people: number) => plural(people, participant),
  best: (shown: number, people: number) => `أفضل ${number(shown)} من ${pluralOf(people, participant)}`,
  rank: "المركز",
  name: "الاسم",
  pointsHead: "النقاط",
} as const;
