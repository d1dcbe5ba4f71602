import * as z from "zod";
import { LIMITS } from "./limits.ts";
import type * as plain from "./name.ts";
import type { Schema } from "./schema.ts";
import { hasAtMost, isWhole } from "./text.ts";

/** What turns the writing of others around, or breaks their line. */
const DISTURBING = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
const VISIBLE = /[^\p{Cf}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u;

export const NewName = z.object({
  name: z
    .string()
    .trim()
    .min(1, "the name is empty")
    .refine(
      (name) => hasAtMost(name, LIMITS.personNameLength),
      `a name takes up to ${LIMITS.personNameLength} characters`,
    )
    .refine(isWhole, "the name holds a broken character")
    .refine((name) => !DISTURBING.test(name), "the name holds a control character")
    .refine((name) => VISIBLE.test(name), "nobody could see this name"),
}) satisfies Schema<plain.NewName>;
export type NewName = plain.NewName;
