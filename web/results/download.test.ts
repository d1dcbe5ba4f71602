import { expect, test } from "vitest";
import { nameFile } from "./download.ts";

test("a file's name holds what any file system takes", () => {
  expect(nameFile("On rooms: a/b?", "2026-11-20", "csv")).toBe("revint-on-rooms-a-b-2026-11-20.csv");
  expect(nameFile("../..", "", "csv")).toBe("revint-results.csv");
  expect(nameFile("日本語 🐢", "1", "ndjson")).toBe("revint-日本語-1.ndjson");
  expect(nameFile("x".repeat(500), "", "csv")).toHaveLength(71);
});
