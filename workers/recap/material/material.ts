import * as z from "zod";
import { RecapDocument } from "../../../shared/protocol/recap.schema.ts";

/**
 * All that a recap may tell: the facts of its page, without a sentence. Whatever writes sentences, a model or the
 * template, has this and nothing else.
 */
export type RecapMaterial = Omit<RecapDocument, "version" | "by">;
export const RecapMaterial: z.ZodType<RecapMaterial> = RecapDocument.omit({ version: true, by: true });

/** With what the recap's keeper needs to know of the session. */
export const GatheredMaterial = z.object({
  material: RecapMaterial,
  /** When all of the session, and so its recap, is forgotten. Milliseconds since 1970. */
  expiresAt: z.number(),
});
export type GatheredMaterial = z.infer<typeof GatheredMaterial>;
