import * as z from "zod";
import type { Schema } from "../../protocol/schema.ts";
import { Pages } from "../../protocol/totals.schema.ts";
import type * as plain from "./message.ts";
import { IdentifiedReaction } from "./reaction.schema.ts";

export const ReactMessage = IdentifiedReaction.extend({
  type: z.literal("react"),
}) satisfies Schema<plain.ReactMessage>;

export const ReactionsMessage = z.object({
  type: z.literal("reactions"),
  pages: Pages,
  total: z.number().int(),
  whole: z.literal(true).optional(),
}) satisfies Schema<plain.ReactionsMessage>;

const Burst = z.object({
  participant: z.string(),
  page: z.string(),
  reaction: z.string(),
  count: z.number(),
}) satisfies Schema<plain.Burst>;

export const BurstsMessage = z.object({
  type: z.literal("bursts"),
  bursts: z.array(Burst),
}) satisfies Schema<plain.BurstsMessage>;
