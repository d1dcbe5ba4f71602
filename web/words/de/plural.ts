const rules = new Intl.PluralRules("de");

/** The form that goes with a number which stands elsewhere. */
export const form = (count: number, one: string, many: string): string =>
  rules.select(count) === "one" ? one : many;

/** A number and what it counts, such as "1 Person" and "1.200 Personen". */
export const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("de")} ${form(count, one, many)}`;
