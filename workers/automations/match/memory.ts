import * as z from "zod";

const count = z.number().int().nonnegative();

/**
 * Where a number stands to its threshold. `armed`: it has not been reached. `crossed`: it has, and has to be left before
 * it can be crossed again. `spent`: it was crossed for good.
 */
export const Crossing = z.enum(["armed", "crossed", "spent"]);
export type Crossing = z.infer<typeof Crossing>;

/**
 * What is kept of one flow, from one event to the next: small JSON. Where its trigger changes, or its session begins
 * anew, it begins anew too, as `EMPTY_MEMORY`.
 */
export const FlowMemory = z.object({
  /** Of the one number that the trigger watches. */
  crossing: Crossing.optional(),
  /** By page, what was last heard of each reaction that the trigger counts together; at most `LIMITS.flowKinds` in all. */
  counts: z.record(z.string(), z.record(z.string(), count)).optional(),
  /** Their sum. With a window, without what was there before the flow was. */
  total: count.optional(),
  /** The newest sums, oldest first, each with the slot of the window in which it was true last: `reaction-rate.ts`. */
  samples: z.array(z.tuple([z.number().int(), count])).optional(),
  /** Of each activity: its newest round, and where the share of that stands; at most `LIMITS.activities`. */
  answers: z.record(z.string(), z.object({ round: count, crossing: Crossing })).optional(),
  /** Questions that have as many votes as the trigger asks for; the newest last. */
  questions: z.array(z.string()).optional(),
  /** The newest instant of a schedule that has set it off. */
  due: z.number().optional(),
});
export type FlowMemory = z.infer<typeof FlowMemory>;

export const EMPTY_MEMORY: FlowMemory = {};
