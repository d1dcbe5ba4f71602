import type { ExportFormat, ExportRow } from "../../../../shared/protocol/export.schema.ts";

const COLUMNS = ["time", "page", "title", "reaction", "participant", "cursor"] as const;

/** Spreadsheets take UTF-8 for what it is only with this. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Where a spreadsheet could begin a cell with a sign, in either width, that makes it run the cell as a
 * formula. Some take a line break, a semicolon or a tab inside a text for the end of a cell, and skip
 * blanks and quotes.
 */
const FORMULA = /(?:^|(?<=[\r\n;\t]))(?=[ "]*[=+\-@\t\r＝＋－＠])/g;

/** What stands before the rows. */
export const getFirstRow = (format: ExportFormat): string =>
  format === "csv" ? `${BYTE_ORDER_MARK}${COLUMNS.join(",")}\r\n` : "";

/** One line, with its end. */
export const writeRow = (format: ExportFormat, row: ExportRow): string =>
  format === "csv"
    ? `${COLUMNS.map((column) => writeCell(column, row[column])).join(",")}\r\n`
    : `${JSON.stringify(row)}\n`;

/** RFC 4180. A cursor stays what it is: an export goes on from it. */
function writeCell(column: (typeof COLUMNS)[number], value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = column === "cursor" ? value : defuse(value);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An apostrophe in front makes a spreadsheet show a formula as the text it is. */
const defuse = (text: string) => text.replaceAll(FORMULA, "'");
