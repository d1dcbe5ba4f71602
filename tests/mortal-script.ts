import * as z from "zod";

const Texts = z.record(z.string(), z.string());

/** What a process with all Workers is started with. */
export const MortalSettings = z.object({
  /** A folder. */
  storage: z.string(),
  secrets: Texts,
  /** Vars of Workers, by the folder of each, in place of those that they are deployed with. */
  vars: z.record(z.string(), Texts),
});
export type MortalSettings = z.output<typeof MortalSettings>;

/** The clock strikes. */
export const MortalOrder = z.object({ cron: z.string() });
export type MortalOrder = z.output<typeof MortalOrder>;

/** Where it is, and that what comes with the clock is done. */
export const MortalReport = z.union([z.object({ url: z.string() }), z.object({ struck: z.literal(true) })]);
export type MortalReport = z.output<typeof MortalReport>;
