import * as z from "zod";
import type { Schema } from "../../../../protocol/schema.ts";
import { base, clear } from "../../definition.schema.ts";
import type * as plain from "./text.ts";

export const OpenText = z.object({ ...base, kind: z.literal("text") }) satisfies Schema<plain.OpenText>;

export const NewText = OpenText.extend({ clear });
