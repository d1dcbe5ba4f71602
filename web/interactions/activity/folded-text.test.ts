import { expect, test } from "vitest";
import { findHead } from "./folded-text.tsx";

test("a text that is not long is shown whole", () => {
  const text = "word ".repeat(60).trim();
  expect(findHead(text)).toBe(text);
});

test("of a long one whole words are shown", () => {
  const text = "some words ".repeat(50);
  const head = findHead(text);
  expect(text.startsWith(head)).toBe(true);
  expect(head).toMatch(/words?$|some$/);
  expect(head.length).toBeLessThanOrEqual(240);
});

test("where there are no blanks, no character is broken", () => {
  const head = findHead("🚀".repeat(400));
  expect([...head]).toHaveLength(240);
  expect(head.isWellFormed()).toBe(true);
});
