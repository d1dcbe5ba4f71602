import { expect, test } from "vitest";
import * as z from "zod";
import type { Schema } from "./schema.ts";

interface Talk {
  readonly name: string;
  readonly date?: string | undefined;
}

test("a schema that lacks a field of its type, or reads it as something else, does not compile", () => {
  const schemas = [
    z.object({ name: z.string(), date: z.string().optional() }) satisfies Schema<Talk>,
    // @ts-expect-error It would drop the optional field.
    z.object({ name: z.string() }) satisfies Schema<Talk>,
    // @ts-expect-error It would not give the name.
    z.object({ date: z.string().optional() }) satisfies Schema<Talk>,
    // @ts-expect-error A name is no number.
    z.object({ name: z.number(), date: z.string().optional() }) satisfies Schema<Talk>,
  ];
  expect(schemas).toHaveLength(4);
});
