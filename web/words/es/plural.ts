const rules = /* @__PURE__ */ new Intl.PluralRules("es");
const numbers = /* @__PURE__ */ new Intl.NumberFormat("es");

/** A number as people read it, such as "12.345". */
export const number = (count: number): string => numbers.format(count);

/** A number and what it counts, such as "1 persona", "12.000 personas" and "1.000.000 de personas". */
export function plural(count: number, one: string, many: string): string {
  const rule = rules.select(count);
  if (rule === "one") return `${number(count)} ${one}`;
  return rule === "many" ? `${number(count)} de ${many}` : `${number(count)} ${many}`;
}
