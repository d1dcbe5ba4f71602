/**
 * The seconds of a `Retry-After` header, which may be a number or a date. Undefined for none, and for one that is neither.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  // Some services send fractions.
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  // Without a weekday it is no date of HTTP: `Date.parse` makes one of "-5" too.
  const date = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
