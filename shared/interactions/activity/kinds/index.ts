import type { Kind } from "../kind.ts";
import { type Choice, choice } from "./choice/choice.ts";
import { type NumberQuestion, number } from "./number/number.ts";
import { type Order, order } from "./order/order.ts";
import { type Scale, scale } from "./scale/scale.ts";
import { type OpenText, text } from "./text/text.ts";
import { type Words, words } from "./words/words.ts";

/*
 * Every kind of activity: a folder each, and a line in each of these lists. index.schema.ts lists the schemas, and
 * web/interactions/activity/kinds how each looks.
 */

/** What is asked, and how: what its author has written. */
export type Definition = Choice | Scale | NumberQuestion | Words | OpenText | Order;

export type ActivityKind = Definition["kind"];

export const kinds: { readonly [Name in ActivityKind]: Kind<Definition> } = {
  choice,
  scale,
  number,
  words,
  text,
  order,
};

export const isKind = (name: string): name is ActivityKind => Object.hasOwn(kinds, name);
