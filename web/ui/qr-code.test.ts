import { encode } from "uqr";
import { expect, test } from "vitest";
import { capitalize, encodeQr } from "./qr-code.ts";

const print = (rows: readonly (readonly (number | boolean)[])[]): string =>
  rows.map((row) => row.map(Number).join("")).join("\n");

/** As a library for all kinds of codes draws it, with each of the eight masks. @param data a text: in the kind it is shortest in */
const drawAll = (data: string | number[]): string[] =>
  Array.from({ length: 8 }, (_, maskPattern) =>
    print(encode(data, { ecc: "M", border: 0, maskPattern }).data),
  );
const toBytes = (text: string): number[] => [...new TextEncoder().encode(text)];

/** Most bytes of each version. */
const ROOM = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];
/** Most capitals and digits. */
const SMALL_ROOM = [
  20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600, 656, 734, 816, 909, 970, 1035, 1134,
  1248, 1326, 1451, 1542, 1637, 1732, 1839, 1994, 2113, 2238, 2369, 2506, 2632, 2780, 2894, 3054, 3220, 3391,
];

test.each(ROOM.map((room, index) => [index + 1, room, SMALL_ROOM[index] ?? 0]))(
  "version %i, full, is what a library draws",
  (version, room, smallRoom) => {
    const size = version * 4 + 17;
    const text = "https://x/".repeat(300).slice(0, room);
    const code = encodeQr(text);
    expect(code).toHaveLength(size);
    expect(drawAll(toBytes(text))).toContain(print(code));

    const small = "HTTPS://X/".repeat(400).slice(0, smallRoom);
    const smallCode = encodeQr(small);
    expect(smallCode).toHaveLength(size);
    expect(drawAll(small)).toContain(print(smallCode));
  },
);

test.each(["", "a", "https://revint.example/join?session=Qx7-_0", "Wörter: 你好, مرحبا, 🎉"])(
  "%j is what a library draws",
  (text) => {
    expect(drawAll(toBytes(text))).toContain(print(encodeQr(text)));
  },
);

test.each(["A", "AB", "HTTP://127.0.0.1:8787/482913", "HTTPS://REVINT-API.EXAMPLE.WORKERS.DEV/482913"])(
  "%j is what a library draws, in capitals",
  (text) => {
    expect(drawAll(text)).toContain(print(encodeQr(text)));
  },
);

test.each([
  ["http://127.0.0.1:8787/482913", 29, 25],
  ["https://revint-api.example.workers.dev/48291357", 33, 29],
])("the code of the short address %s has fewer squares in capitals", (url, asItIs, inCapitals) => {
  expect(encodeQr(url)).toHaveLength(asItIs);
  expect(encodeQr(capitalize(url))).toHaveLength(inCapitals);
  expect(new URL(capitalize(url)).href).toBe(url);
});

test.each([
  "https://talks.example.org/join?session=ATUuF0XrfsGDqRZUhAk3Vd9s2Q",
  "https://talks.example.org/Sub/482913",
  "http://[::1]:8787/482913",
  "https://user:Secret@talks.example.org/482913",
])("%s stays as it is, since capitals would change it, or not help", (url) => {
  expect(capitalize(url)).toBe(url);
});

test("what is too long is no code", () => {
  expect(() => encodeQr("x".repeat(2332))).toThrow(RangeError);
  expect(() => encodeQr("X".repeat(3392))).toThrow(RangeError);
});
