import { expect, test } from "vitest";
import { RecapEdit } from "./recap.schema.ts";

const isTaken = (change: object) => RecapEdit.safeParse({ version: "v", sections: {}, ...change }).success;

test("a host's words are whole characters, in any script", () => {
  expect(isTaken({ title: "🌊 مد وجزر", sections: { summary: ["نعم, 👩‍👩‍👧"] } })).toBe(true);
  for (const text of ["a\0b", "\ud83d", "", "  "]) {
    expect(isTaken({ title: text }), text).toBe(false);
    expect(isTaken({ sections: { summary: [text] } }), text).toBe(false);
  }
});

test("a title has something to see", () => {
  expect(isTaken({ title: "\u200b\u2060" })).toBe(false);
});
