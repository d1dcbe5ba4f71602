import * as z from "zod";

/** A round of a `text` activity: what ledgers call it, how many ledgers there are, and which texts are not shown. */
export const TextRound = z.object({
  topic: z.string(),
  rooms: z.number().int().positive(),
  /** Their numbers. */
  hidden: z.array(z.string()),
});
export type TextRound = z.infer<typeof TextRound>;

/** What stands in one round, over all ledgers of a session, as api asks reaction-store for it. */
export const StandingListQuery = z.object({
  topic: z.string(),
  rooms: z.coerce.number().int().positive(),
  /** The number of the first to list. */
  cursor: z.coerce.number().int().nonnegative().optional(),
});

/** A page of it. The numbers are the session's, and so is the cursor. */
export const StandingList = z.object({
  entries: z.array(z.object({ at: z.number(), number: z.number().int(), key: z.string() })),
  cursor: z.number().int().optional(),
});
export type StandingList = z.infer<typeof StandingList>;
