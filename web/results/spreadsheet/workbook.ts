import { unreadable } from "../../client/api.ts";
import { type Fields, parseFields } from "../../client/fields.ts";
import { writeCell, writeText } from "./cell.ts";
import type { Column } from "./columns.ts";
import { STYLESHEET } from "./styles.ts";
import { PACKAGE, RELATIONSHIPS, SPREADSHEET, writeXml } from "./xml.ts";
import { type ZipEntry, zip } from "./zip.ts";

export const WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** No sheet can have more, the heading counted: what comes after them stands on the next sheet. */
const MOST_ROWS = 1_048_576;

export interface WorkbookOptions {
  /** Of the sheet, as its tab says it: at most 28 letters. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** On one sheet; tests have fewer. */
  readonly mostRows?: number;
}

/**
 * An Excel workbook (XLSX) out of an export's NDJSON, made while it comes in.
 * @param ndjson chunks of whole rows
 * @throws whatever `ndjson` throws; RevintError where a row is none; RangeError where it would have more than 4 GiB
 */
export async function* writeWorkbook(
  ndjson: AsyncGenerator<Uint8Array>,
  options: WorkbookOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    yield* zip(listParts(new Rows(ndjson), options));
  } finally {
    await ndjson.return(undefined);
  }
}

/** The parts that say how many sheets there are come last, when that is known. */
async function* listParts(rows: Rows, { name, columns, mostRows = MOST_ROWS }: WorkbookOptions) {
  yield createEntry("_rels/.rels", writeRelationships([["officeDocument", "xl/workbook.xml"]]));
  yield createEntry("xl/styles.xml", STYLESHEET);
  const names: string[] = [];
  do {
    names.push(names.length === 0 ? name : `${name} ${names.length + 1}`);
    const path = `xl/worksheets/sheet${names.length}.xml`;
    yield { path, chunks: writeSheet(rows, columns, mostRows, names.length === 1) } satisfies ZipEntry;
  } while (await rows.hasMore());
  const sheets = names.map((_, index) => `worksheets/sheet${index + 1}.xml`);
  const targets = sheets.map((path) => ["worksheet", path] as const);
  yield createEntry("xl/_rels/workbook.xml.rels", writeRelationships([...targets, ["styles", "styles.xml"]]));
  yield createEntry("xl/workbook.xml", writeSheetList(names));
  yield createEntry("[Content_Types].xml", writeContentTypes(sheets));
}

const createEntry = (path: string, text: string): ZipEntry => ({ path, chunks: [encode(text)] });

async function* writeSheet(rows: Rows, columns: readonly Column[], mostRows: number, isFirst: boolean) {
  const letters = columns.map((_, index) => String.fromCharCode(65 + index));
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const heading = columns.map(({ title }, index) => writeText(`${letters[index]}1`, title, "heading"));
  yield encode(
    writeXml(
      `<worksheet xmlns="${SPREADSHEET}">`,
      `<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ""} workbookViewId="0">`,
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
      `<cols>${widths.join("")}</cols>`,
      `<sheetData><row r="1">${heading.join("")}</row>`,
    ),
  );
  let last = 1;
  while (last < mostRows && (await rows.hasMore())) {
    const written = rows.take(mostRows - last).map((row) => {
      last++;
      const cells = columns.map(({ key, isTime }, index) =>
        writeCell(`${letters[index]}${last}`, row[key], isTime),
      );
      return `<row r="${last}">${cells.join("")}</row>`;
    });
    yield encode(written.join(""));
  }
  yield encode("</sheetData></worksheet>");
}

const writeSheetList = (names: readonly string[]): string => {
  const sheets = names.map(
    (name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return writeXml(
    `<workbook xmlns="${SPREADSHEET}" xmlns:r="${RELATIONSHIPS}">`,
    `<bookViews><workbookView/></bookViews><sheets>${sheets.join("")}</sheets></workbook>`,
  );
};

/** What a part leads to, with ids from `rId1` on. */
const writeRelationships = (targets: readonly (readonly [type: string, path: string])[]): string =>
  writeXml(
    `<Relationships xmlns="${PACKAGE}/relationships">`,
    ...targets.map(
      ([type, path], index) =>
        `<Relationship Id="rId${index + 1}" Type="${RELATIONSHIPS}/${type}" Target="${path}"/>`,
    ),
    "</Relationships>",
  );

const writeContentTypes = (sheets: readonly string[]): string => {
  const name = (path: string, type: string) =>
    `<Override PartName="/xl/${path}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  return writeXml(
    `<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    name("workbook.xml", "sheet.main"),
    name("styles.xml", "styles"),
    ...sheets.map((path) => name(path, "worksheet")),
    "</Types>",
  );
};

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function readRow(line: string): Fields {
  const row = parseFields(line);
  if (!row) throw unreadable();
  return row;
}

/** The rows of an export, as they come. */
class Rows {
  readonly #ndjson: AsyncGenerator<Uint8Array>;
  #waiting: Fields[] = [];

  constructor(ndjson: AsyncGenerator<Uint8Array>) {
    this.#ndjson = ndjson;
  }

  /** Waits for the next ones, unless some are there. */
  async hasMore(): Promise<boolean> {
    while (this.#waiting.length === 0) {
      const { value, done } = await this.#ndjson.next();
      if (done) return false;
      const lines = new TextDecoder().decode(value).split("\n");
      this.#waiting = lines.filter((line) => line !== "").map(readRow);
    }
    return true;
  }

  /** Of those that are there at most so many. */
  take(most: number): Fields[] {
    return this.#waiting.splice(0, most);
  }
}
