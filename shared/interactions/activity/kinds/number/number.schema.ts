import * as z from "zod";
import type { Schema } from "../../../../protocol/schema.ts";
import { base, clear, PlainNumber, Step } from "../../definition.schema.ts";
import type * as plain from "./number.ts";

const isAscending = (from: number | undefined, to: number | undefined) =>
  from === undefined || to === undefined || from <= to;

const Range = z
  .tuple([PlainNumber, PlainNumber])
  .refine(([from, to]) => isAscending(from, to), "from the smaller to the larger");
const Correct = z.union([PlainNumber, Range]);

export const NumberQuestion = z.object({
  ...base,
  kind: z.literal("number"),
  min: PlainNumber.optional(),
  max: PlainNumber.optional(),
  step: Step,
  correct: Correct.optional(),
}) satisfies Schema<plain.NumberQuestion>;

export const NewNumber = NumberQuestion.extend({ correct: Correct.nullable().optional(), clear }).refine(
  ({ min, max }) => isAscending(min, max),
  { path: ["max"], error: "max is at least min" },
);
