import * as z from "zod";
import type { Schema } from "../../../../protocol/schema.ts";
import { ActivityId, base, clear, Options } from "../../definition.schema.ts";
import type * as plain from "./order.ts";
import { order } from "./order.ts";

export const Order = z.object({
  ...base,
  kind: z.literal("order"),
  options: Options,
  correct: z.array(ActivityId).optional(),
}) satisfies Schema<plain.Order>;

export const NewOrder = Order.extend({ correct: z.array(ActivityId).nullable().optional(), clear }).refine(
  ({ correct, ...definition }) => !correct || order.accept(definition, correct) !== undefined,
  {
    path: ["correct"],
    error: "the right order names every option once",
  },
);
