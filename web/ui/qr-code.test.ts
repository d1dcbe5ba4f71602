import { encode } from "uqr";
import { expect, test } from "vitest";
import { encodeQr } from "./qr-code.ts";

/** Another encoder's code of the same text, with the mask that ours has chosen. */
function encodeElsewhere(text: string, rows: readonly (readonly number[])[]): boolean[][] | undefined {
  const masks = Array.from({ length: 8 }, (_, maskPattern) =>
    encode(text, { ecc: "M", border: 0, maskPattern }),
  );
  return masks.find(({ data }) => data[8]?.every((isDark, x) => isDark === (rows[8]?.[x] === 1)))?.data;
}

test.each([1, 14, 15, 60, 86, 120, 180, 213, 214, 500, 900, 1500, 2331])(
  "a link of up to %i bytes is the code that another encoder makes of it",
  (length) => {
    const text = `https://ü.example.org/join?session=${"aZ9-_".repeat(length)}`.slice(
      0,
      Math.max(1, length - 1),
    );
    const rows = encodeQr(text);
    const isDark = rows.map((row) => row.map((bit) => bit === 1));
    expect(isDark).toEqual(encodeElsewhere(text, rows));
  },
);

test("a longer one is refused", () => {
  expect(() => encodeQr("a".repeat(2332))).toThrow(RangeError);
});
