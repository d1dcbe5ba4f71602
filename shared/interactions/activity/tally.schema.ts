import * as z from "zod";
import type { Schema } from "../../protocol/schema.ts";
import type * as plain from "./tally.ts";

const Counts = z.record(z.string(), z.number());

export const Tally = z.object({
  round: z.number().int(),
  people: z.number().int(),
  counts: Counts,
  mean: z.number().optional(),
  median: z.number().optional(),
  ranks: Counts.optional(),
  final: z.literal(true).optional(),
}) satisfies Schema<plain.Tally>;
