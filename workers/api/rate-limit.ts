import type { Context } from "hono";
import { ProblemError } from "../lib/problem-error.ts";
import type { RequestEnv } from "./request-env.ts";
import { readVisitor } from "./visitor.ts";

/* How often something that costs may be asked for: before it is looked at. Whoever is signed in is counted alone. */

/** What an address may do only so often. Each is counted on its own: guessing passwords keeps nobody from their passkey. */
export type Limited = "sign-up" | "password" | "passkey" | "options" | "link" | "hook" | "join";

export const PERIOD_SECONDS = 60;

export const tooManyTries = (detail = "too many tries from your network: wait a minute"): ProblemError =>
  new ProblemError("rate_limited", detail, { retryAfter: PERIOD_SECONDS });

/** For whoever is not signed in. @throws `rate_limited` */
export async function limitAddress(c: Context<RequestEnv>, what: Limited): Promise<void> {
  const { SIGN_UP_LIMIT, SIGN_IN_LIMIT, HOOK_LIMIT, JOIN_LIMIT } = c.env;
  const own: Partial<Record<Limited, RateLimit>> = {
    "sign-up": SIGN_UP_LIMIT,
    hook: HOOK_LIMIT,
    join: JOIN_LIMIT,
  };
  await limit(own[what] ?? SIGN_IN_LIMIT, `${what} ${readVisitor(c).address}`);
}

/** For whoever is signed in, wherever they are: what others do at the same address is not theirs. @throws `rate_limited` */
export const limitAccount = (c: Context<RequestEnv>, account: string): Promise<void> =>
  limit(c.env.SIGN_IN_LIMIT, `account ${account}`, "too many tries: wait a minute");

async function limit(binding: RateLimit, key: string, detail?: string): Promise<void> {
  const { success } = await binding.limit({ key });
  if (!success) throw tooManyTries(detail);
}
