/* What people type to join: a session's code, which it has while it lives. */

/** Digits of a code; the longer ones are given when many are taken. None begins with a nought. */
export const JOIN_CODE_DIGITS = [6, 8] as const;

export const JOIN_CODE = /^[1-9](\d{5}|\d{7})$/;

/** `GET /api/v1/join/{code}` */
export interface JoinAnswer {
  readonly sessionUid: string;
}

/**
 * The code in what somebody has typed or pasted: with spaces, hyphens or a `#`, in whatever digits their keyboard has, or as
 * the address that ends with it. Undefined where there is none.
 */
export function findJoinCode(text: string): string | undefined {
  const path = text.normalize("NFKC").replace(/([^\s])[?#].*$/s, "$1");
  const last = path.split("/").findLast((part) => part.trim() !== "") ?? "";
  const code = last.replaceAll(/\p{Nd}/gu, toLatinDigit).replaceAll(/[\s\p{Cf}\p{P}]/gu, "");
  return JOIN_CODE.test(code) ? code : undefined;
}

/** As people read it to each other: `482 913`. */
export function spaceJoinCode(code: string): string {
  const half = code.length / 2;
  return `${code.slice(0, half)} ${code.slice(half)}`;
}

/** The digits of a script stand one behind the other, the nought first. */
function toLatinDigit(digit: string): string {
  const at = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(at - value - 1))) value++;
  return String(value);
}
