import { Choice, NewChoice } from "./choice/choice.schema.ts";
import { NewNumber, NumberQuestion } from "./number/number.schema.ts";
import { NewOrder, Order } from "./order/order.schema.ts";
import { NewScale, Scale } from "./scale/scale.schema.ts";
import { NewText, OpenText } from "./text/text.schema.ts";
import { NewWords, Words } from "./words/words.schema.ts";

/** The definition of each kind. */
export const definitions = [Choice, Scale, NumberQuestion, Words, OpenText, Order] as const;

/** What a host writes of each kind. */
export const newDefinitions = [NewChoice, NewScale, NewNumber, NewWords, NewText, NewOrder] as const;
