const rules = new Intl.PluralRules("fr");

/** The form that goes with a number which stands elsewhere: 0 and 1 are one. */
export const form = (count: number, one: string, many: string): string =>
  rules.select(count) === "one" ? one : many;

/** A number and what it counts, such as "0 personne", "1 200 personnes" and "1 000 000 de personnes". */
export const plural = (count: number, one: string, many: string): string => {
  const number = count.toLocaleString("fr");
  if (rules.select(count) !== "many") return `${number} ${form(count, one, many)}`;
  return /^[aeiouéèêh]/i.test(many) ? `${number} d’${many}` : `${number} de ${many}`;
};
