import { expect, test } from "vitest";
import { RowCutter } from "./row-cutter.ts";

const HEADER = "\uFEFFtime,page,title,reaction,participant,cursor\r\n";
const CSV = [
  't,1.0,"a ""quoted"" title,\r\nover two lines",👍,1,salt.0.9.0.1.1\r\n',
  "t,1.0,,❤️,2,'-salt.0.9.0.1.2\r\n",
  't,2.0,\'=1+1,"a\nb",3,salt.0.9.0.2.1\r\n',
];
const NDJSON = ["salt.1", "salt.2"].map((cursor) => `${JSON.stringify({ title: 'x"y\n', cursor })}\n`);

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (...chunks: Uint8Array[]) =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    Uint8Array.from(chunks.flatMap((chunk) => [...chunk])),
  );

test.each([
  ["csv", HEADER, CSV, ["salt.0.9.0.1.1", "-salt.0.9.0.1.2", "salt.0.9.0.2.1"]],
  ["ndjson", "", NDJSON, ["salt.1", "salt.2"]],
] as const)(
  "wherever %s breaks off, whole rows stay and the cursor is the last one's",
  (format, header, rows, cursors) => {
    const bytes = encode(header + rows.join(""));
    for (let length = 0; length <= bytes.length; length++) {
      const cutter = new RowCutter(format);
      const kept = decode(cutter.cut(bytes.subarray(0, length)));
      const whole = cutter.rows;
      expect(kept).toBe(whole === 0 ? "" : header + rows.slice(0, whole).join(""));
      expect(cutter.cursor).toBe(cursors[whole - 1]);
      // What comes after a cursor has no header; without a cursor it begins anew.
      cutter.restart();
      const rest = decode(cutter.cut(encode((whole === 0 ? header : "") + rows.slice(whole).join(""))));
      expect(kept + rest).toBe(header + rows.join(""));
      expect(cutter.isWhole).toBe(true);
      expect(cutter.rows).toBe(rows.length);
    }
  },
);

test("bytes that come one by one make the same rows", () => {
  const cutter = new RowCutter("csv");
  const bytes = encode(HEADER + CSV.join(""));
  const kept = [...bytes].map((byte) => cutter.cut(Uint8Array.of(byte)));
  expect(decode(...kept)).toBe(HEADER + CSV.join(""));
});

test("an export without rows is its header, and one that ends within a row is not whole", () => {
  const empty = new RowCutter("csv");
  expect(empty.isWhole).toBe(false);
  expect(decode(empty.cut(encode(HEADER)))).toBe("");
  expect(empty.isWhole).toBe(true);
  expect(decode(empty.finish())).toBe(HEADER);
  const broken = new RowCutter("ndjson");
  broken.cut(encode(NDJSON.join("").slice(0, -1)));
  expect(broken.isWhole).toBe(false);
});
