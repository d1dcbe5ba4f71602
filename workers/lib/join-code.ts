import * as z from "zod";
import { SessionHash } from "../../shared/protocol/identity.schema.ts";
import { JOIN_CODE_DIGITS } from "../../shared/protocol/join-code.ts";

/* A join code as stores know it. Whoever reads all of them learns no code: only api has the secrets it takes. */

/** One-way name of a code: a keyed hash. */
export const JoinTag = z.string().regex(/^[\w-]{22}$/, "not a tag");

/** With as many digits as the code; api alone reads it as one, with the session's hash. */
const Sealed = z
  .string()
  .regex(/^\d+$/)
  .refine((text) => JOIN_CODE_DIGITS.some((digits) => digits === text.length), "not a join code");

export const SealedJoinCode = z.object({ tag: JoinTag, sealed: Sealed });
export type SealedJoinCode = z.infer<typeof SealedJoinCode>;

/** One that a session has; `isNew`: since now. */
export const GivenJoinCode = SealedJoinCode.extend({ isNew: z.boolean() });
export type GivenJoinCode = z.infer<typeof GivenJoinCode>;

/** One that may be given to a session. */
export const NewJoinCode = SealedJoinCode.extend({
  /** What it would be called under older secrets: nobody may have it under those either. */
  otherTags: z.array(JoinTag),
});
export type NewJoinCode = z.infer<typeof NewJoinCode>;

/** Where a code leads; `null`: nowhere. */
export const JoinTarget = z.object({ session: SessionHash.nullable() });
