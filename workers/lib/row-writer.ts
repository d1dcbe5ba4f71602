import type { ExportFormat } from "../../shared/protocol/export.schema.ts";

/** What a cell of an export may be. */
type Cell = string | number | boolean | readonly string[] | null;

/** How the rows of an export are written. */
export interface RowWriter<Row> {
  /** What stands before the rows. */
  getFirstRow(format: ExportFormat): string;
  /** One line, with its end. */
  writeRow(format: ExportFormat, row: Row): string;
}

export const EXPORT_CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  ndjson: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8",
};

/** Spreadsheets take UTF-8 for what it is only with this. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Where a spreadsheet could begin a cell with a sign, in either width, that makes it run the cell as a
 * formula. Some take a line break, a semicolon or a tab inside a text for the end of a cell, and skip
 * blanks and quotes.
 */
const FORMULA = /(?:^|(?<=[\r\n;\t]))(?=[ "]*[=+\-@\t\r＝＋－＠])/g;

/** NDJSON has each row as it is, CSV these columns of it, after a row with their names. */
export const createRowWriter = <Row extends { readonly [Column in keyof Row]: Cell }>(
  columns: readonly (keyof Row & string)[],
): RowWriter<Row> => ({
  getFirstRow: (format) => (format === "csv" ? `${BYTE_ORDER_MARK}${columns.join(",")}\r\n` : ""),
  writeRow: (format, row) =>
    format === "csv"
      ? `${columns.map((column) => writeCell(column, row[column])).join(",")}\r\n`
      : `${JSON.stringify(row)}\n`,
});

/** RFC 4180. A cursor stays what it is: an export goes on from it. */
function writeCell(column: string, value: Cell): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const plain = typeof value === "string" ? value : (value ?? []).join("; ");
  const text = column === "cursor" ? plain : defuse(plain);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An apostrophe in front makes a spreadsheet show a formula as the text it is. */
const defuse = (text: string) => text.replaceAll(FORMULA, "'");
