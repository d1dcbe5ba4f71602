import { expect, test } from "vitest";
import { readNumbers } from "./stated-number.ts";

const read = (text: string) =>
  readNumbers(text).map(({ unit, token, values }) =>
    values.length > 0 ? `${values.map(({ number }) => number).join("|")} ${unit}` : `${token} ${unit}`,
  );

test.each([
  ["None at all.", []],
  ["124 people, 981 reactions.", ["124 count", "981 count"]],
  ["1,234 people", ["1234|1.234 count"]],
  ["1.234,5 Leute, 1’234 and 1\u202f234", ["1234.5 count", "1234 count", "1234|1.234 count"]],
  ["1,234,567", ["1234567 count"]],
  ["4.25 on average", ["4.25 count"]],
  ["67%, 67 %, 67 percent, 67 Prozent", ["67 percent", "67 percent", "67 percent", "67 percent"]],
  ["12 minutes 5 seconds", ["12 minutes", "5 seconds"]],
  ["12min, 90s, 2h, 1 hour", ["12 minutes", "90 seconds", "2 hours", "1 hours"]],
  ["the 3rd and the 10th", ["3 count", "10 count"]],
  ["five minutes, twelve people", ["5 minutes", "12 count"]],
  ["twenty-five or Thirty", ["25 count", "30 count"]],
  ["hundreds of thousands, a dozen", ["hundreds unknown", "thousands unknown", "dozen unknown"]],
  ["often, weight, tension, someone", []],
  [
    "5k, 4x, Q3, HTTP2, v1.2.3",
    ["5k unknown", "4x unknown", "q3 unknown", "http2 unknown", "v1.2.3 unknown"],
  ],
  ["ninetynine, ninety\u2011nine", ["99 count", "99 count"]],
  ["½, 3/4, 24/7", ["1⁄2 unknown", "3/4 unknown", "24/7 unknown"]],
  ["5 days, 7‰, 9 €", ["5 unknown", "7 unknown", "9 unknown"]],
  ["1.2.3 and 1,23,4", ["1.2.3 unknown", "1,23,4 unknown"]],
  ["٩٩٩ and ९९ and ９", ["999 count", "99 count", "9 count"]],
  ["x², ①, Ⅷ", ["x2 unknown", "1 count"]],
  ["124人が参加 and 5万人", ["124 count", "5万 unknown"]],
  ["at 12:34 on 2026-11-20", ["12 count", "34 count", "2026 count", "11 count", "20 count"]],
  ["👍🏽 and 💯 and 1️⃣", ["1 count"]],
])("of %j", (text, numbers) => {
  expect(read(text)).toEqual(numbers);
});
