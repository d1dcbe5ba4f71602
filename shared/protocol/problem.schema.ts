import * as z from "zod";
import * as plain from "./problem.ts";
import type { Schema } from "./schema.ts";

export const ProblemCode = z.enum(
  Object.keys(plain.PROBLEMS) as [plain.ProblemCode, ...plain.ProblemCode[]],
) satisfies Schema<plain.ProblemCode>;
export type ProblemCode = plain.ProblemCode;

const Issue = z.object({ path: z.string(), message: z.string() }) satisfies Schema<plain.Issue>;

export const PlannedTalk = z.object({
  name: z.string(),
  startsAt: z.number().nullable(),
}) satisfies Schema<plain.PlannedTalk>;
export type PlannedTalk = plain.PlannedTalk;

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: ProblemCode,
  requestId: z.string(),
  issues: z.array(Issue).optional(),
  talk: PlannedTalk.optional(),
}) satisfies Schema<plain.Problem>;
export type Problem = plain.Problem;

export const Refusal = z.object({
  code: ProblemCode,
  detail: z.string(),
  retryAfter: z.number().optional(),
  issues: z.array(Issue).optional(),
}) satisfies Schema<plain.Refusal>;
export type Refusal = plain.Refusal;
