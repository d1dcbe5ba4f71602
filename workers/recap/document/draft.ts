import * as z from "zod";

/** One sentence or a few, for one section, and what they rest on: ids of sections of the material, or of questions. */
export const DraftStatement = z.object({
  section: z.string(),
  text: z.string().trim().min(1).max(600),
  sources: z.array(z.string()).min(1).max(10),
});
export type DraftStatement = z.infer<typeof DraftStatement>;
