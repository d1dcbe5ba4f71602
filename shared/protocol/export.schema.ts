import * as z from "zod";
import * as plain from "./export.ts";
import type { Schema } from "./schema.ts";

export const ExportFormat = z.enum(["ndjson", "csv"]) satisfies Schema<plain.ExportFormat>;
export type ExportFormat = plain.ExportFormat;

export const ExportCursor = z.string().regex(plain.EXPORT_CURSOR, "not a cursor of this session");

export const ExportQuery = z.object({
  format: ExportFormat.default("ndjson"),
  cursor: ExportCursor.optional(),
}) satisfies Schema<plain.ExportQuery>;
export type ExportQuery = plain.ExportQuery;

export const ExportRow = z.object({
  time: z.iso.datetime(),
  page: z.string(),
  title: z.string(),
  reaction: z.string(),
  participant: z.number().int(),
  cursor: ExportCursor,
}) satisfies Schema<plain.ExportRow>;
export type ExportRow = plain.ExportRow;
