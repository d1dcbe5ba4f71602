import { Buffer } from "node:buffer";

/** A statement with these values in it. */
export const sql = (texts: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  String.raw({ raw: texts }, ...values.map(toLiteral));

/**
 * A text is written in hex: no character of it means anything to SQLite, to a shell, or to what splits statements
 * on the way.
 */
function toLiteral(value: string | number): string {
  if (typeof value === "string") return `CAST(x'${Buffer.from(value).toString("hex")}' AS TEXT)`;
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is no whole number`);
  return String(value);
}
