import { expect, test } from "vitest";
import { ExportCursor, type ExportRow } from "../../shared/protocol/export.schema.ts";
import { reactionRows } from "../reaction-store/interactions/reaction/export.ts";
import { createRowWriter } from "./row-writer.ts";

const { getFirstRow, writeRow } = reactionRows;

const ROW: ExportRow = {
  time: "2026-11-20T14:26:40.000Z",
  page: "4.2",
  title: "Why rooms",
  reaction: "👏",
  participant: 201942390215712,
  cursor: "mS4qvg0-hIEYdGNZ.0.1795183600000.0.1795180620000.1",
};

/** What RFC 4180 says a reader makes of a text. */
function readCsv(csv: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let at = 0; at < csv.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const [, quoted, plain = "", end] = cell.exec(csv) ?? [];
    if (end === undefined) throw new Error(`not CSV at ${at}: ${csv}`);
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\r\n" && cell.lastIndex < csv.length) rows.push([]);
  }
  return rows;
}

const readRow = (row: ExportRow) => readCsv(writeRow("csv", row))[0] ?? [];

/** A generator of numbers below `below` that gives the same ones each time. */
function createRandom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const SIGNS = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"];
const PIECES = [
  ...SIGNS,
  "\n",
  "\r\n",
  ";",
  ",",
  '"',
  "'",
  " ",
  "a",
  "1",
  "HYPERLINK(1)",
  "👍🏽",
  "é",
  "\u2028",
  "|",
];

test("whatever people write is read back from the CSV, and begins no cell as a formula", () => {
  const random = createRandom(11);
  const write = () => Array.from({ length: 1 + random(8) }, () => PIECES[random(PIECES.length)]).join("");
  for (let n = 0; n < 20_000; n++) {
    const row = { ...ROW, page: write(), title: random(4) === 0 ? "" : write(), reaction: write() };
    const cells = readRow(row);
    expect(cells).toHaveLength(6);
    const [time, page = "", title = "", reaction = "", participant, cursor] = cells;
    expect([time, participant, cursor]).toEqual([ROW.time, String(ROW.participant), ROW.cursor]);
    const withoutApostrophes = (texts: string[]) => texts.map((text) => text.replaceAll("'", ""));
    expect(withoutApostrophes([page, title, reaction])).toEqual(
      withoutApostrophes([row.page, row.title, row.reaction]),
    );
    for (const text of [page, title, reaction]) {
      // Also where a spreadsheet takes a line break or a semicolon for the end of a cell.
      for (const part of text.split(/[\n;]/)) {
        const begin = part.replace(/^[ "]*/, "").charAt(0);
        if (SIGNS.includes(begin)) expect.fail(JSON.stringify([row, text]));
      }
    }
  }
});

test.each([
  ["=1+1", "'=1+1"],
  ["＝1+1", "'＝1+1"],
  ["－1", "'－1"],
  ["hello\n=1", "hello\n'=1"],
  ["hello\r\n@x", "hello\r\n'@x"],
  ["a;+1;b", "a;'+1;b"],
  ['a;"=1', "a;'\"=1"],
])("%j is written as the text %j", (reaction, text) => {
  expect(readRow({ ...ROW, reaction })[3]).toBe(text);
});

test.each(["👍", "1-2", "a = b", "mail@example.org", "it's", "a; b", "two\nlines", "C++"])(
  "%j stays as it is",
  (reaction) => {
    expect(readRow({ ...ROW, reaction })[3]).toBe(reaction);
  },
);

test("a cursor stays what it is, whatever it begins with", () => {
  for (const first of ["-", "_", "a", "0"]) {
    const cursor = `${first}S4qvg0-hIEYdGNZ.0.1795183600000.0.1795180620000.1.oYtXO1wY6CT`;
    expect(ExportCursor.parse(readRow({ ...ROW, cursor })[5])).toBe(cursor);
  }
});

test("the first row names the columns, and NDJSON has none", () => {
  expect(getFirstRow("csv")).toBe("\uFEFFtime,page,title,reaction,participant,cursor\r\n");
  expect(getFirstRow("ndjson")).toBe("");
  expect(JSON.parse(writeRow("ndjson", { ...ROW, reaction: "=1" }))).toEqual({ ...ROW, reaction: "=1" });
});

test("a list is one cell with its items in it, and what is not there is an empty one", () => {
  const { getFirstRow, writeRow } = createRowWriter<{ value: string[] | number | null; note: string }>([
    "value",
    "note",
  ]);
  expect(getFirstRow("csv")).toBe("\uFEFFvalue,note\r\n");
  const write = (value: string[] | number | null) => readCsv(writeRow("csv", { value, note: "n" }))[0]?.[0];
  expect(write(["a"])).toBe("a");
  expect(write(["a", "b, c", 'd "e"'])).toBe('a; b, c; d "e"');
  expect(write(["x", "=1+1"])).toBe("x;' =1+1");
  expect(write(["-", "=1+1"])).toBe("'-;' =1+1");
  expect(write(-5)).toBe("-5");
  expect(write(null)).toBe("");
  expect(writeRow("ndjson", { value: null, note: "=" })).toBe('{"value":null,"note":"="}\n');
});
