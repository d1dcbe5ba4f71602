import { expect, test } from "vitest";
import { getPictureSize } from "./picture-size.ts";

/** Bytes as they are written in a standard. */
const bytes = (hex: string) =>
  Uint8Array.from(hex.match(/[\da-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));

const RIFF = "52494646 00000000 57454250";

test.each([
  ["image/png", "89504e470d0a1a0a 0000000d 49484452 0000c350 0000c351", 50_000 * 50_001],
  ["image/gif", "474946383961 2001 1002", 0x0120 * 0x0210],
  ["image/jpeg", "ffd8 ffe0 0004 4a46 ffff ffc4 0003 00 ffc2 0011 08 0120 0210 03", 0x0120 * 0x0210],
  ["image/webp", `${RIFF} 56503858 0a000000 10000000 ff3f00 000100`, 0x4000 * 0x0101],
  ["image/webp", `${RIFF} 56503820 00000000 300100 9d012a 2001 1002`, 0x0120 * 0x0210],
  ["image/webp", `${RIFF} 5650384c 00000000 2f 1fc18300`, 0x0120 * 0x0210],
  [
    "image/avif",
    "0000001c667479706176696600000000 00000014 69737065 00000000 00000120 00000210",
    0x0120 * 0x0210,
  ],
])("%s says how large it is", (type, hex, pixels) => {
  expect(getPictureSize(bytes(hex), type)).toBe(pixels);
});

test.each(["png", "gif", "jpeg", "webp", "avif"])("a %s that ends too soon has no size", (type) => {
  for (const content of ["", "ffd8", "ffd8ffe0ffff", RIFF, "00".repeat(20)]) {
    expect(getPictureSize(bytes(content), `image/${type}`) ?? 0).toBe(0);
  }
});
