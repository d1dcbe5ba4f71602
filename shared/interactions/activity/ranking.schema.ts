import * as z from "zod";
import type { Schema } from "../../protocol/schema.ts";
import type * as plain from "./ranking.ts";

export const Score = z.object({
  points: z.number().int(),
  rank: z.number().int(),
}) satisfies Schema<plain.Score>;
export type Score = plain.Score;

const RankedPerson = Score.extend({ name: z.string().optional() }) satisfies Schema<plain.RankedPerson>;

export const Ranking = z.object({
  top: z.array(RankedPerson),
  people: z.number().int(),
  mine: Score.optional(),
}) satisfies Schema<plain.Ranking>;
export type Ranking = plain.Ranking;
