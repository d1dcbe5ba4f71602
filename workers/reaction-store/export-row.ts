import type { ExportFormat, ExportRow } from "../../shared/results.ts";

const COLUMNS = ["time", "page", "title", "reaction", "participant", "cursor"] as const;

/** Spreadsheets take UTF-8 for what it is only with this. */
const BYTE_ORDER_MARK = "\uFEFF";

/** A cell that begins like this is run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** What stands before the rows. */
export const getFirstRow = (format: ExportFormat): string =>
  format === "csv" ? `${BYTE_ORDER_MARK}${COLUMNS.join(",")}\r\n` : "";

/** One line, with its end. */
export const writeRow = (format: ExportFormat, row: ExportRow): string =>
  format === "csv"
    ? `${COLUMNS.map((column) => writeCell(row[column])).join(",")}\r\n`
    : `${JSON.stringify(row)}\n`;

/** RFC 4180, and defused: a leading apostrophe makes a spreadsheet show a formula as the text it is. */
function writeCell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
