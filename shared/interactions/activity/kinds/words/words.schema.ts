import * as z from "zod";
import type { Schema } from "../../../../protocol/schema.ts";
import { base, clear } from "../../definition.schema.ts";
import type * as plain from "./words.ts";

export const Words = z.object({
  ...base,
  kind: z.literal("words"),
  words: z.number().int().min(1).max(10).default(1),
}) satisfies Schema<plain.Words>;

export const NewWords = Words.extend({ clear });
