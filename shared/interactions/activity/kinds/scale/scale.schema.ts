import * as z from "zod";
import { LIMITS } from "../../../../protocol/limits.ts";
import type { Schema } from "../../../../protocol/schema.ts";
import { text } from "../../../../protocol/text.schema.ts";
import { base, clear, PlainNumber, Step } from "../../definition.schema.ts";
import { toStep } from "../../distribution.ts";
import type * as plain from "./scale.ts";
import { listSteps, SCALE_STEPS } from "./scale.ts";

const Label = text("a label", LIMITS.optionLength);

export const Scale = z.object({
  ...base,
  kind: z.literal("scale"),
  min: PlainNumber,
  max: PlainNumber,
  step: Step,
  labels: z.tuple([Label, Label]).optional(),
}) satisfies Schema<plain.Scale>;

export const NewScale = Scale.extend({ clear }).refine(
  ({ min, max, step }) =>
    // First, so that nobody lists a million of them.
    max - min >= step * (SCALE_STEPS.least - 1) &&
    max - min <= step * SCALE_STEPS.most &&
    toStep(max, min, step) !== undefined &&
    listSteps({ min, max, step }).length <= SCALE_STEPS.most,
  { path: ["max"], error: `from min to max it is ${SCALE_STEPS.least} to ${SCALE_STEPS.most} steps` },
);
