/**
 * The best of the languages that there are, as RFC 4647 looks one up: what is wanted most, with ever less of its end
 * (`de-AT`, then `de`), or else one that only says more (`pt-BR` for `pt`).
 * @param wanted tags, the dearest first
 * @param known tags; the first stands in where nothing fits
 */
export function matchLanguage(wanted: readonly string[], known: readonly string[]): string | undefined {
  const find = (fits: (tag: string) => boolean) => known.find((tag) => fits(tag.toLowerCase()));
  for (const tag of wanted) {
    const parts = tag.toLowerCase().split("-");
    for (let count = parts.length; count > 0; count--) {
      const start = parts.slice(0, count).join("-");
      const found = find((one) => one === start);
      if (found !== undefined) return found;
    }
    const near = find((one) => one.split("-")[0] === parts[0]);
    if (near !== undefined) return near;
  }
  return known[0];
}
