import type { Context } from "hono";
import { ProblemError } from "../lib/problem-error.ts";
import { TtlCache } from "../lib/ttl-cache.ts";
import { findByJoinCode } from "./join-code.ts";
import { limitAddress, PERIOD_SECONDS, tooManyTries } from "./rate-limit.ts";
import type { RequestEnv } from "./request-env.ts";
import { readVisitor } from "./visitor.ts";

/** Addresses from which too many wrong codes came: all that comes from there waits, or else guessing would go on. */
const slowed = new TtlCache<true>(PERIOD_SECONDS * 1000, 10_000);
/** What has led somewhere, by address and code: who guesses in a hall keeps nobody there out of the talk they came for. */
const known = new TtlCache<true>(60 * 60 * 1000, 10_000);

/**
 * The session that a join code leads to, by its public name; undefined: none. Only wrong ones are counted.
 * @throws `rate_limited`
 */
export async function lookUpJoinCode(c: Context<RequestEnv>, code: string): Promise<string | undefined> {
  const { address } = readVisitor(c);
  const way = `${address} ${code}`;
  if (slowed.get(address) && !known.get(way)) throw tooManyTries();
  const session = await findByJoinCode(c.get("keyring"), c.get("stores"), code);
  if (session !== null) {
    known.set(way, true);
    return c.get("keyring").nameSession(session);
  }
  try {
    await limitAddress(c, "join");
  } catch (error) {
    if (error instanceof ProblemError) slowed.set(address, true);
    throw error;
  }
  return undefined;
}
