import * as z from "zod";
import type { Schema } from "./schema.ts";
import type * as plain from "./totals.ts";

export const Pages = z.record(
  z.string(),
  z.record(z.string(), z.number().int().nonnegative()),
) satisfies Schema<plain.Pages>;
export type Pages = plain.Pages;

export const SessionTotals = z.object({
  pages: Pages,
  total: z.number().int(),
  participants: z.number().int(),
}) satisfies Schema<plain.SessionTotals>;
export type SessionTotals = plain.SessionTotals;
