import * as z from "zod";
import { LIMITS } from "../../protocol/limits.ts";
import type { Schema } from "../../protocol/schema.ts";
import { Page, text } from "../../protocol/text.schema.ts";
import type * as plain from "./definition.ts";
import { FARTHEST } from "./definition.ts";

const ID = /^[a-z0-9][a-z0-9-]{0,31}$/;
const MALFORMED_ID = "an id takes up to 32 of a–z, 0–9 and -, and begins with a letter or a digit";

/** Names an activity, or one of its options. */
export const ActivityId = z.string().regex(ID, MALFORMED_ID);

const ActivityOption = z.object({
  id: ActivityId,
  text: text("the text of an option", LIMITS.optionLength),
}) satisfies Schema<plain.ActivityOption>;

/** What may be chosen, each once. */
export const Options = z
  .array(ActivityOption)
  .min(2, "at least 2 options")
  .max(LIMITS.options, `up to ${LIMITS.options} options`)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "each option's id once");

/** A finite number that a spreadsheet, too, takes for what it is. */
export const PlainNumber = z.number().min(-FARTHEST).max(FARTHEST);
export const Step = PlainNumber.positive("a step is more than 0").default(1);

/** What every kind has. */
export const base = {
  prompt: text("the prompt", LIMITS.promptLength),
  page: Page.optional(),
  seconds: z.number().int().min(5).max(3600).optional(),
  show: z.enum(["live", "closed", "host"]).default("closed"),
  change: z.boolean().default(true),
};

/** Its answers are erased with it. */
export const clear = z.literal(true).optional();
