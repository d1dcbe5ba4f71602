const rules = /* @__PURE__ */ new Intl.PluralRules("ar");
const numbers = /* @__PURE__ */ new Intl.NumberFormat("ar-u-nu-latn");

/** What stands beside a number, by the number's category. Nought takes what a hundred takes. */
export interface Forms {
  readonly one: string;
  readonly two: string;
  readonly few: string;
  readonly many: string;
  readonly other: string;
}

/** A noun as it is counted. */
export interface Noun extends Forms {
  /** Two of them after a preposition, or where something is done to them. */
  readonly twoOf: string;
}

/** A number as people read it, such as "12,345". */
export const number = (count: number): string => numbers.format(count);

/** The form that fits the number, without the number. */
export function form(count: number, forms: Forms): string {
  const rule = rules.select(count);
  return rule === "zero" ? forms.other : forms[rule];
}

/** A number and what it counts, such as "3 أشخاص". One and two are said by the noun alone. */
export function plural(count: number, noun: Noun): string {
  const rule = rules.select(count);
  return rule === "one" || rule === "two" ? noun[rule] : `${number(count)} ${form(count, noun)}`;
}

/** The same after a preposition, or where something is done to what is counted. */
export const pluralOf = (count: number, noun: Noun): string => plural(count, { ...noun, two: noun.twoOf });

/** The noun beside a number that is shown apart from it. */
export const label = (count: number, noun: Noun): string =>
  form(count, { ...noun, one: noun.other, two: noun.other });
