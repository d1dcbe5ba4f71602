import type { Context } from "hono";
import { ProblemError } from "../lib/problem-error.ts";
import type { RequestEnv } from "./request-env.ts";
import { readVisitor } from "./visitor.ts";

/* How often something that costs may be asked for: before it is looked at. Whoever is signed in is counted alone. */

/** What an address may do only so often. Each is counted on its own: guessing passwords keeps nobody from their passkey. */
export type Limited = "sign-up" | "password" | "passkey" | "options" | "link" | "hook";

const PERIOD_SECONDS = 60;

/** For whoever is not signed in. @throws `rate_limited` */
export async function limitAddress(c: Context<RequestEnv>, what: Limited): Promise<void> {
  const { SIGN_UP_LIMIT, SIGN_IN_LIMIT, HOOK_LIMIT } = c.env;
  const binding = what === "sign-up" ? SIGN_UP_LIMIT : what === "hook" ? HOOK_LIMIT : SIGN_IN_LIMIT;
  await limit(
    binding,
    `${what} ${readVisitor(c).address}`,
    "too many tries from your network: wait a minute",
  );
}

/** For whoever is signed in, wherever they are: what others do at the same address is not theirs. @throws `rate_limited` */
export const limitAccount = (c: Context<RequestEnv>, account: string): Promise<void> =>
  limit(c.env.SIGN_IN_LIMIT, `account ${account}`, "too many tries: wait a minute");

async function limit(binding: RateLimit, key: string, detail: string): Promise<void> {
  const { success } = await binding.limit({ key });
  if (!success) throw new ProblemError("rate_limited", detail, { retryAfter: PERIOD_SECONDS });
}
