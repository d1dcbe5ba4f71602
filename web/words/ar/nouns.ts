import type { Noun } from "./plural.ts";

/*
 * What is counted: each stands once here, since every noun has five forms and is counted in many places.
 * Which are not used in a page are left out of it by the bundler.
 */

export const activity: Noun = {
  one: "نشاط واحد",
  two: "نشاطان",
  twoOf: "نشاطين",
  few: "أنشطة",
  many: "نشاطًا",
  other: "نشاط",
};

export const answer: Noun = {
  one: "إجابة واحدة",
  two: "إجابتان",
  twoOf: "إجابتين",
  few: "إجابات",
  many: "إجابة",
  other: "إجابة",
};

export const attempt: Noun = {
  one: "محاولة واحدة",
  two: "محاولتان",
  twoOf: "محاولتين",
  few: "محاولات",
  many: "محاولة",
  other: "محاولة",
};

export const change: Noun = {
  one: "تغيير واحد",
  two: "تغييران",
  twoOf: "تغييرين",
  few: "تغييرات",
  many: "تغييرًا",
  other: "تغيير",
};

export const character: Noun = {
  one: "حرف واحد",
  two: "حرفان",
  twoOf: "حرفين",
  few: "أحرف",
  many: "حرفًا",
  other: "حرف",
};

export const day: Noun = {
  one: "يوم واحد",
  two: "يومان",
  twoOf: "يومين",
  few: "أيام",
  many: "يومًا",
  other: "يوم",
};

export const deck: Noun = {
  one: "عرض واحد",
  two: "عرضان",
  twoOf: "عرضين",
  few: "عروض",
  many: "عرضًا",
  other: "عرض",
};

export const minute: Noun = {
  one: "دقيقة واحدة",
  two: "دقيقتان",
  twoOf: "دقيقتين",
  few: "دقائق",
  many: "دقيقة",
  other: "دقيقة",
};

export const option: Noun = {
  one: "خيار واحد",
  two: "خياران",
  twoOf: "خيارين",
  few: "خيارات",
  many: "خيارًا",
  other: "خيار",
};

export const paragraph: Noun = {
  one: "فقرة واحدة",
  two: "فقرتان",
  twoOf: "فقرتين",
  few: "فقرات",
  many: "فقرة",
  other: "فقرة",
};

export const participant: Noun = {
  one: "مشارك واحد",
  two: "مشاركان",
  twoOf: "مشاركَين",
  few: "مشاركين",
  many: "مشاركًا",
  other: "مشارك",
};

export const person: Noun = {
  one: "شخص واحد",
  two: "شخصان",
  twoOf: "شخصين",
  few: "أشخاص",
  many: "شخصًا",
  other: "شخص",
};

export const picture: Noun = {
  one: "صورة واحدة",
  two: "صورتان",
  twoOf: "صورتين",
  few: "صور",
  many: "صورة",
  other: "صورة",
};

export const point: Noun = {
  one: "نقطة واحدة",
  two: "نقطتان",
  twoOf: "نقطتين",
  few: "نقاط",
  many: "نقطة",
  other: "نقطة",
};

export const question: Noun = {
  one: "سؤال واحد",
  two: "سؤالان",
  twoOf: "سؤالين",
  few: "أسئلة",
  many: "سؤالًا",
  other: "سؤال",
};

export const reaction: Noun = {
  one: "تفاعل واحد",
  two: "تفاعلان",
  twoOf: "تفاعلين",
  few: "تفاعلات",
  many: "تفاعلًا",
  other: "تفاعل",
};

/** An automation. */
export const rule: Noun = {
  one: "قاعدة واحدة",
  two: "قاعدتان",
  twoOf: "قاعدتين",
  few: "قواعد",
  many: "قاعدة",
  other: "قاعدة",
};

export const second: Noun = {
  one: "ثانية واحدة",
  two: "ثانيتان",
  twoOf: "ثانيتين",
  few: "ثوانٍ",
  many: "ثانية",
  other: "ثانية",
};

export const slide: Noun = {
  one: "شريحة واحدة",
  two: "شريحتان",
  twoOf: "شريحتين",
  few: "شرائح",
  many: "شريحة",
  other: "شريحة",
};

/** A recap. */
export const summary: Noun = {
  one: "ملخّص واحد",
  two: "ملخّصان",
  twoOf: "ملخّصين",
  few: "ملخّصات",
  many: "ملخّصًا",
  other: "ملخّص",
};

export const talk: Noun = {
  one: "محاضرة واحدة",
  two: "محاضرتان",
  twoOf: "محاضرتين",
  few: "محاضرات",
  many: "محاضرة",
  other: "محاضرة",
};

/** As in "three times". */
export const time: Noun = {
  one: "مرة واحدة",
  two: "مرتان",
  twoOf: "مرتين",
  few: "مرات",
  many: "مرة",
  other: "مرة",
};

export const vote: Noun = {
  one: "صوت واحد",
  two: "صوتان",
  twoOf: "صوتين",
  few: "أصوات",
  many: "صوتًا",
  other: "صوت",
};

export const word: Noun = {
  one: "كلمة واحدة",
  two: "كلمتان",
  twoOf: "كلمتين",
  few: "كلمات",
  many: "كلمة",
  other: "كلمة",
};
