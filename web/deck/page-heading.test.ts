import { expect, test } from "vitest";
import { findHeading } from "./page-heading.ts";

const piece = (text: string, height: number, y: number) => ({ text, height, y });

test("a page is called by its largest text, with all of its lines", () => {
  const pieces = [
    piece("Acme Inc.", 8, 580),
    piece("How we", 40, 500),
    piece(" ", 0, 500),
    piece("got here", 40, 455),
    piece("A story in three parts", 20, 400),
    piece("12", 60, 20),
  ];
  expect(findHeading(pieces)).toBe("How we got here");
});

test("of two as large, the upper one; and what stands far below is no second line", () => {
  expect(findHeading([piece("Below", 30, 100), piece("Above", 30, 500)])).toBe("Above");
  expect(findHeading([piece("Above", 30, 500), piece("Below", 30, 100)])).toBe("Above");
});

test("a picture, or a number alone, has none", () => {
  expect(findHeading([])).toBeUndefined();
  expect(findHeading([piece("42", 99, 300)])).toBeUndefined();
});

test("a page of nothing but text does not fill a phone", () => {
  const heading = findHeading(
    Array.from({ length: 50 }, (_, line) => piece("word after word", 12, 700 - 14 * line)),
  );
  expect(heading?.length).toBeLessThanOrEqual(121);
});
