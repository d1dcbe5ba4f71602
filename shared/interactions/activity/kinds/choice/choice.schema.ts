import * as z from "zod";
import { LIMITS } from "../../../../protocol/limits.ts";
import type { Schema } from "../../../../protocol/schema.ts";
import { ActivityId, base, clear, Options } from "../../definition.schema.ts";
import type * as plain from "./choice.ts";

const Correct = z.array(ActivityId).min(1, "at least one option is right");

export const Choice = z.object({
  ...base,
  kind: z.literal("choice"),
  options: Options,
  multiple: z.number().int().min(1).max(LIMITS.options).default(1),
  correct: Correct.optional(),
}) satisfies Schema<plain.Choice>;

export const NewChoice = Choice.extend({ correct: Correct.nullable().optional(), clear })
  .refine(({ options, multiple }) => multiple <= options.length, {
    path: ["multiple"],
    error: "no more may be ticked than there are",
  })
  .refine(({ multiple, correct }) => (correct?.length ?? 0) <= multiple, {
    path: ["correct"],
    error: "no more are right than may be ticked",
  })
  .refine(({ options, correct }) => isAmong(options, correct ?? []), {
    path: ["correct"],
    error: "what is right is among the options, each once",
  });

const isAmong = (options: readonly { id: string }[], ids: readonly string[]) =>
  new Set(ids).size === ids.length && ids.every((id) => options.some((option) => option.id === id));
