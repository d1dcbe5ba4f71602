import readWorkbook from "read-excel-file/universal";
import { expect, test } from "vitest";
import type { ExportRow } from "../../../shared/protocol/export.ts";
import { RevintError } from "../../client/error.ts";
import { MOST_CHARACTERS, writeCell } from "./cell.ts";
import { COLUMNS } from "./columns.ts";
import { type WorkbookOptions, writeWorkbook } from "./workbook.ts";

const ROW: ExportRow = {
  time: "2026-11-20T14:26:40.123Z",
  page: "4.2",
  title: "Why rooms",
  reaction: "👏🏽",
  participant: 201942390215712,
  cursor: "mS4qvg0-hIEYdGNZ.0.1795183600000.0.1795180620000.1.oYtXO1wY6CT",
};

/** Chunks as the service's rows come: some in each. */
async function* send(rows: readonly object[], perChunk = 2) {
  for (let from = 0; from < rows.length; from += perChunk) {
    const lines = rows.slice(from, from + perChunk).map((row) => `${JSON.stringify(row)}\n`);
    yield new TextEncoder().encode(lines.join(""));
  }
}

const REACTIONS: WorkbookOptions = { name: "reactions", columns: COLUMNS.reactions };

async function write(rows: AsyncGenerator<Uint8Array>, options = REACTIONS): Promise<Blob> {
  const chunks: BlobPart[] = [];
  for await (const chunk of writeWorkbook(rows, options)) chunks.push(chunk);
  return new Blob(chunks);
}

/** What another program reads from it, sheet by sheet. */
const read = async (rows: readonly object[], options?: WorkbookOptions) =>
  readWorkbook(await write(send(rows), options), { trim: false });

test("rows come out as another program reads them: dates as dates, numbers as numbers, texts as texts", async () => {
  const [sheet, ...others] = await read([ROW, { ...ROW, page: "12", participant: -1.5 }]);
  expect(others).toEqual([]);
  expect(sheet).toEqual({
    sheet: "reactions",
    data: [
      ["time (UTC)", "page", "title", "reaction", "participant"],
      [new Date(ROW.time), "4.2", "Why rooms", "👏🏽", 201942390215712],
      [new Date(ROW.time), "12", "Why rooms", "👏🏽", -1.5],
    ],
  });
});

test("an export without rows is its heading", async () => {
  const [questions] = await read([], { name: "questions", columns: COLUMNS.questions });
  expect(questions?.data).toEqual([
    ["time (UTC)", "question", "text", "name", "status", "votes", "pinned", "answer"],
  ]);
});

test("answers are numbers, texts or lists, and what was taken back is empty", async () => {
  const common = {
    time: ROW.time,
    activity: "runtime",
    round: 1,
    elapsedMs: 4210,
    points: 0,
    participant: 7,
  };
  const values = [["workers", "deno"], 4.5, "because", null];
  const [answers] = await read(
    values.map((value) => ({ ...common, value })),
    { name: "answers", columns: COLUMNS.answers },
  );
  expect(answers?.data.slice(1).map((row) => row[3])).toEqual(["workers; deno", 4.5, "because", null]);
  expect(answers?.data[1]).toEqual([new Date(ROW.time), "runtime", 1, "workers; deno", 4210, 0, 7]);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://example.org")', "\t=1", "＝1", "＠x", " =1"])(
  "%j is text as it was written, no formula, and stays one where someone edits the cell",
  async (reaction) => {
    const [sheet] = await read([{ ...ROW, reaction }]);
    expect(sheet?.data[1]?.[3]).toBe(reaction);
    const cell = writeCell("D2", reaction);
    expect(cell).toBe(`<c r="D2" s="4" t="inlineStr"><is><t xml:space="preserve">${reaction}</t></is></c>`);
  },
);

test.each([
  ["<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"],
  ["a\u0000\u000B\u001Fb", "a_x0000__x000B__x001F_b"],
  ["one\r\n\ttwo\rthree", "one\n\ttwo\nthree"],
  ["\uFFFE\uFFFF", "_xFFFE__xFFFF_"],
  ["_x0041_ and _x_", "_x005F_x0041_ and _x_"],
  ["\u0085\u2028é👍🏽", "\u0085\u2028é👍🏽"],
])("%j is written as XML can hold it: %s", (text, xml) => {
  expect(writeCell("A1", text)).toContain(`<t xml:space="preserve">${xml}</t>`);
});

test("half of a character is shown as one that is missing", async () => {
  const [sheet] = await read([{ ...ROW, title: "a\uD83Db", reaction: "\uDC4D" }]);
  expect(sheet?.data[1]?.slice(2, 4)).toEqual(["a\uFFFDb", "\uFFFD"]);
});

test("no cell holds more than Excel takes", () => {
  const text = /<t[^>]*>(.*)<\/t>/.exec(writeCell("A1", "x".repeat(MOST_CHARACTERS + 1)))?.[1];
  expect(text).toHaveLength(MOST_CHARACTERS);
});

test("what has no place on a sheet stands on the next, below its heading", async () => {
  const rows = Array.from({ length: 7 }, (_, index) => ({ ...ROW, page: `${index}` }));
  const sheets = await read(rows, { ...REACTIONS, mostRows: 4 });
  expect(sheets.map(({ sheet, data }) => [sheet, ...data.map((row) => row[1])])).toEqual([
    ["reactions", "page", "0", "1", "2"],
    ["reactions 2", "page", "3", "4", "5"],
    ["reactions 3", "page", "6"],
  ]);
  // One that is full to its last row is followed by none.
  expect(await read(rows.slice(0, 6), { ...REACTIONS, mostRows: 4 })).toHaveLength(2);
});

test("an export that breaks off for good makes no workbook", async () => {
  const broken = new RevintError("network", "gone");
  const rows = async function* () {
    yield* send([ROW]);
    throw broken;
  };
  await expect(write(rows())).rejects.toBe(broken);
  const garbage = async function* () {
    yield new TextEncoder().encode("<html>\n");
  };
  await expect(write(garbage())).rejects.toThrow(RevintError);
});
