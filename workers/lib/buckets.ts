import * as z from "zod";

/** Reactions of one page in one bucket. */
export const BucketCount = z.object({ at: z.number(), page: z.string(), count: z.number().int() });
export type BucketCount = z.infer<typeof BucketCount>;

/** What a session's ledgers together have per bucket and page, oldest first. `bucket` in milliseconds, whole seconds. */
export const BucketQuery = z.object({ bucket: z.coerce.number().int().min(1000).multipleOf(1000) });
export const BucketCounts = z.object({ counts: z.array(BucketCount) });
