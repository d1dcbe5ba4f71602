import * as z from "zod";
import { SessionUid } from "./identity.schema.ts";
import type * as plain from "./join-code.ts";
import { findJoinCode } from "./join-code.ts";
import type { Schema } from "./schema.ts";

/** As somebody wrote it, with spaces or hyphens. */
export const JoinCode = z.string().transform((text, context) => {
  const code = findJoinCode(text);
  if (code !== undefined) return code;
  context.addIssue({ code: "custom", message: "a join code has 6 or 8 digits, and no nought in front" });
  return z.NEVER;
});

export const JoinAnswer = z.object({ sessionUid: SessionUid }) satisfies Schema<plain.JoinAnswer>;
export type JoinAnswer = plain.JoinAnswer;
