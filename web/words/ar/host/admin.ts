import { deck, talk } from "../nouns.ts";
import { plural } from "../plural.ts";

/** All accounts, for an admin. */
export const admin = {
  heading: "كل الحسابات",
  invite: {
    title: "دعوة شخص",
    role: "بصفة",
    roles: { host: "مضيف", admin: "مسؤول" },
    create: "إنشاء رابط دعوة",
  },
  link: {
    invitation: (email: string) => `دعوة إلى ${email}`,
    recovery: (email: string) => `رابط استرداد لـ ${email}`,
    text: (until: string) =>
      `أرسله إلى صاحبه وحده: من يفتحه أولًا يستطيع استخدامه، مرة واحدة، حتى ${until}. لا يظهر إلا الآن.`,
  },
  list: "الحسابات",
  seen: (at: string) => `آخر ظهور ${at}`,
  talks: (count: number) => plural(count, talk),
  decks: (count: number) => plural(count, deck),
  isDeleting: "يجري محوه",
  isYou: "أنت",
  recover: "رابط استرداد",
  recoverOf: (email: string) => `رابط استرداد لـ ${email}`,
  remove: "حذف…",
  removeOf: (email: string) => `حذف ${email}`,
  ask: {
    title: (email: string) => `حذف ${email}؟`,
    text: "يزول كل ما في هذا الحساب نهائيًا: محاضراته مع جلساتها ونتائجها، وعروضه.",
    confirm: "حذف نهائي",
  },
  removed: (email: string) => `يجري محو ${email}.`,
  makeAdmin: "تعيين مسؤولًا",
  makeAdminOf: (email: string) => `تعيين مسؤولًا: ${email}`,
  makeHost: "لم يعد مسؤولًا",
  makeHostOf: (email: string) => `لم يعد مسؤولًا: ${email}`,
  changed: (email: string, role: string) => `صفة ${email} الآن: ${role}.`,
  roles: { host: "مضيف", admin: "مسؤول" },
  invited: "لهذا البريد الإلكتروني حساب بالفعل. إن تعذّر دخول صاحبه، فأنشئ رابط استرداد أدناه.",
  conflict: "لا بد أن يبقى آخر مسؤول. عيّن شخصًا آخر مسؤولًا أولًا.",
} as const;
