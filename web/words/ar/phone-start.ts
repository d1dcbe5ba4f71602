import { day, minute } from "./nouns.ts";
import { type Noun, pluralOf } from "./plural.ts";

const hour: Noun = {
  one: "ساعة واحدة",
  two: "ساعتان",
  twoOf: "ساعتين",
  few: "ساعات",
  many: "ساعة",
  other: "ساعة",
};

/** When a talk starts, on the phone page: loaded where that is known, and it has not begun. */
export const phoneStart = {
  today: (time: string) => `مقررة اليوم، ${time}`,
  day: (dayAndTime: string) => `مقررة ${dayAndTime}`,
  /** How long that still takes. */
  left: {
    anyMoment: "تبدأ في أي لحظة.",
    minutes: (count: number) => `بعد ${pluralOf(count, minute)}.`,
    hours: (count: number) => `بعد نحو ${pluralOf(count, hour)}.`,
    days: (count: number) => `بعد ${pluralOf(count, day)}.`,
  },
  calendar: {
    add: "إضافة إلى التقويم",
    file: "محاضرة.ics",
    done: "حُفظ الملف محاضرة.ics: افتحه ليضيف تقويمك المحاضرة.",
  },
} as const;
