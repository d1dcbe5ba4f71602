import * as z from "zod";
import type * as plain from "./deletion.ts";
import type { Schema } from "./schema.ts";

export const DeletionAnswer = z.object({
  left: z.array(z.enum(["hosts", "users"])),
}) satisfies Schema<plain.DeletionAnswer>;
export type DeletionAnswer = plain.DeletionAnswer;
