import { person } from "../../../../words/ar/nouns.ts";
import { form, number, plural } from "../../../../words/ar/plural.ts";

const people = (count: number) => plural(count, person);

/** What every result says, wherever it is drawn. */
export const result = {
  people,
  answered: (count: number) => (count === 0 ? "لم يُجب أحد بعد" : `أجاب ${people(count)}`),
  haveAnswered: (count: number) =>
    form(count, {
      one: "شخص أجاب",
      two: "شخصان أجابا",
      few: "أشخاص أجابوا",
      many: "شخصًا أجابوا",
      other: "شخص أجابوا",
    }),
  final: "النتيجة النهائية",
  /** Why nobody sees counts, by when they are shown. */
  hidden: {
    live: "تظهر النتيجة بعد لحظات.",
    closed: "تظهر النتيجة بعد الإغلاق.",
    host: "تظهر النتيجة حين يعرضها المتحدث.",
  },
  round: (round: number) => `الجولة ${number(round)}`,
  right: "صحيح",
  mean: (mean: string) => `المتوسط ${mean}`,
  median: (median: string) => `الوسيط ${median}`,
} as const;
