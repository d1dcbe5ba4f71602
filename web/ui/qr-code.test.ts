import { encode } from "uqr";
import { expect, test } from "vitest";
import { encodeQr } from "./qr-code.ts";

/** A link of so many bytes. */
const writeLink = (length: number) => {
  const link = "https://revint.example/join?session=";
  let rest = "";
  for (let index = 0; link.length + rest.length < length; index++)
    rest += "abcXYZ-_019"[(index * 7 + length) % 11];
  return (link + rest).slice(0, length);
};

test("a library draws the same code, from the smallest version to the largest", () => {
  for (const length of [
    1, 14, 15, 26, 27, 43, 62, 63, 84, 106, 107, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560,
    624, 666, 711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989,
    2099, 2213, 2331,
  ]) {
    const link = writeLink(length);
    expect(encodeQr(link), `${length} bytes`).toEqual(encode(link, { ecc: "M", border: 0 }).data);
  }
});

test("a link may hold letters of any script", () => {
  const link = "https://example.org/Bäume/木?session=abc";
  expect(encodeQr(link)).toEqual(encode(link, { ecc: "M", border: 0 }).data);
});

test("what no code holds is refused", () => {
  expect(() => encodeQr("x".repeat(2332))).toThrow(RangeError);
});
