import type { ActivityKind } from "../../../../shared/interactions/activity/kinds/index.ts";
import { choiceForm } from "./choice/form.tsx";
import type { KindForm } from "./form.ts";
import { numberForm } from "./number/form.tsx";
import { orderForm } from "./order/form.tsx";
import { scaleForm } from "./scale/form.tsx";
import { textForm } from "./text/form.tsx";
import { wordsForm } from "./words/form.tsx";

/** How each kind is asked on a phone. forms.css lists the styles. */
export const forms: { readonly [Kind in ActivityKind]: KindForm } = {
  choice: choiceForm,
  scale: scaleForm,
  number: numberForm,
  words: wordsForm,
  text: textForm,
  order: orderForm,
};
