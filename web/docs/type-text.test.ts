import { describe, expect, test } from "vitest";
import type { Schema } from "./description.ts";
import { listBounds, writeType } from "./type-text.ts";

const write = (schema: Schema) =>
  writeType(schema)
    .map(({ text }) => text)
    .join("");

describe("a schema as a type", () => {
  test("says which fields may be left out, and what else there is to know of each", () => {
    const schema: Schema = {
      type: "object",
      required: ["page"],
      properties: {
        page: { type: "string", minLength: 1, maxLength: 64 },
        count: { type: "integer", minimum: 0 },
      },
    };
    expect(write(schema)).toBe(
      "{\n  page: string; // 1–64 characters\n  count?: number; // whole, 0 or more\n}",
    );
  });

  test("leads to the schemas that it names", () => {
    const pieces = writeType({ type: "array", items: { $ref: "#/components/schemas/Flow" } });
    expect(pieces).toEqual([{ text: "Flow", name: "Flow" }, { text: "[]" }]);
  });

  test("tells one of several, several at once, and lists of several apart", () => {
    expect(write({ anyOf: [{ type: "string" }, { type: "null" }] })).toBe("string | null");
    expect(write({ allOf: [{ $ref: "#/a/A" }, { $ref: "#/a/B" }] })).toBe("A & B");
    expect(write({ type: "array", items: { enum: ["a", "b"] } })).toBe('("a" | "b")[]');
    expect(write({ prefixItems: [{ type: "number" }, { type: "string" }] })).toBe("[number, string]");
  });

  test("knows objects whose fields have any name", () => {
    expect(write({ type: "object", additionalProperties: { type: "number" } })).toBe(
      "{\n  [name: string]: number;\n}",
    );
    expect(write({ type: "object" })).toBe("{}");
  });
});

test("what a type can't say is said in a few words", () => {
  expect(listBounds({ type: "number", exclusiveMinimum: 0, maximum: 1 })).toEqual(["up to 1", "more than 0"]);
  expect(listBounds({ type: "string", format: "uri", pattern: "x", maxLength: 2048 })).toEqual([
    "up to 2,048 characters",
    "uri",
  ]);
  expect(listBounds({ default: false, description: "Whether." })).toEqual(["default false", "Whether."]);
});
