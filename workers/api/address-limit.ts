import type { Context } from "hono";
import { ProblemError } from "../lib/problem-error.ts";
import type { RequestEnv } from "./request-env.ts";
import { readVisitor } from "./visitor.ts";

/** What an address may do only so often. Each is counted on its own: guessing passwords keeps nobody from their passkey. */
export type Limited = "sign-up" | "password" | "passkey" | "options" | "link";

const PERIOD_SECONDS = 60;

/** Before anything that costs. @throws `rate_limited` */
export async function limitAddress(c: Context<RequestEnv>, what: Limited): Promise<void> {
  const binding = what === "sign-up" ? c.env.SIGN_UP_LIMIT : c.env.SIGN_IN_LIMIT;
  const { success } = await binding.limit({ key: `${what} ${readVisitor(c).address}` });
  if (success) return;
  throw new ProblemError("rate_limited", "too many tries from your network: wait a minute", {
    retryAfter: PERIOD_SECONDS,
  });
}
