import { option } from "../../../../../../words/ar/nouns.ts";
import { pluralOf } from "../../../../../../words/ar/plural.ts";

export const words = {
  none: "حدد ما هو صحيح من فضلك.",
  many: (multiple: number) =>
    `يمكن للشخص اختيار ${pluralOf(multiple, option)}: لا يمكن أن يزيد الصحيح على ذلك.`,
} as const;
