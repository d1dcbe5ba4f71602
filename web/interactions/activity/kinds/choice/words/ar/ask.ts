import { LIMITS } from "../../../../../../../shared/protocol/limits.ts";
import { character, option } from "../../../../../../words/ar/nouns.ts";
import { pluralOf } from "../../../../../../words/ar/plural.ts";

export const words = {
  name: "استطلاع",
  example: "أي بيئة تشغيل تستخدم؟",
  options: "الخيارات، واحد في كل سطر",
  hint: "إن تُرك فارغًا: نعم ولا. ومفتاح Enter على سطر فارغ يفتح الاستطلاع.",
  yes: "نعم",
  no: "لا",
  several: "يمكن اختيار أكثر من واحد",
  one: "يحتاج الاستطلاع إلى خيارين على الأقل.",
  many: `للاستطلاع حتى ${pluralOf(LIMITS.options, option)}.`,
  long: `طول الخيار حتى ${pluralOf(LIMITS.optionLength, character)}.`,
} as const;
