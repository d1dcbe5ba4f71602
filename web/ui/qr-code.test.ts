import { encode } from "uqr";
import { expect, test } from "vitest";
import { encodeQr } from "./qr-code.ts";

const print = (rows: readonly (readonly (number | boolean)[])[]): string =>
  rows.map((row) => row.map(Number).join("")).join("\n");

/** As a library for all kinds of codes draws it, with each of the eight masks. */
function drawAll(text: string): string[] {
  const bytes = [...new TextEncoder().encode(text)];
  return Array.from({ length: 8 }, (_, maskPattern) =>
    print(encode(bytes, { ecc: "M", border: 0, maskPattern }).data),
  );
}

/** Most bytes of each version. */
const ROOM = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];

test.each(ROOM.map((room, index) => [index + 1, room]))(
  "version %i, full, is what a library draws",
  (version, room) => {
    const code = encodeQr("https://x/".repeat(300).slice(0, room));
    expect(code).toHaveLength(version * 4 + 17);
    expect(drawAll("https://x/".repeat(300).slice(0, room))).toContain(print(code));
  },
);

test.each([
  "",
  "a",
  "https://revint.example/join?session=Qx7-_0",
  "Wörter: 你好, مرحبا, 🎉",
  "0".repeat(100),
])("%j is what a library draws", (text) => {
  expect(drawAll(text)).toContain(print(encodeQr(text)));
});

test("what is too long is no code", () => {
  expect(() => encodeQr("x".repeat(2332))).toThrow(RangeError);
});
