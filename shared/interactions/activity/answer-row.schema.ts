import * as z from "zod";
import { ExportCursor } from "../../protocol/export.schema.ts";
import type { Schema } from "../../protocol/schema.ts";
import type * as plain from "./answer-row.ts";

export const AnswerRow = z.object({
  time: z.iso.datetime(),
  activity: z.string(),
  round: z.number().int(),
  value: z.union([z.array(z.string()), z.number(), z.string(), z.null()]),
  elapsedMs: z.number().nullable(),
  points: z.number().nullable(),
  participant: z.number().int(),
  cursor: ExportCursor,
}) satisfies Schema<plain.AnswerRow>;
export type AnswerRow = plain.AnswerRow;
