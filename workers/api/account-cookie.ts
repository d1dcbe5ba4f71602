import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { HostSecret } from "../../shared/protocol/host/account.schema.ts";
import { DAY_MS, LIMITS } from "../../shared/protocol/limits.ts";
import type { Entrant, Site } from "../lib/host-account.ts";
import { createSecret, hashSecret } from "../lib/random.ts";
import type { RequestEnv } from "./request-env.ts";
import { readVisitor } from "./visitor.ts";

/* The cookie that says who is signed in: a secret, of which the store knows the hash alone. */

const ACCOUNT_COOKIE = "revint-host";

const scope = (c: Context<RequestEnv>) => ({
  path: "/api/v1",
  httpOnly: true,
  // A link to the console from anywhere finds its host signed in; what another page sends does not come with it.
  sameSite: "Lax" as const,
  secure: new URL(c.req.url).protocol === "https:",
});

/** The hash of what the browser has, if it has anything. */
export async function readTokenHash(c: Context<RequestEnv>): Promise<string | undefined> {
  const secret = HostSecret.safeParse(getCookie(c, ACCOUNT_COOKIE));
  return secret.success ? hashSecret(secret.data) : undefined;
}

/** Keeps the browser signed in for as long again. */
export function renewCookie(c: Context<RequestEnv>): void {
  const secret = getCookie(c, ACCOUNT_COOKIE);
  if (secret !== undefined) setAccountCookie(c, secret);
}

export const setAccountCookie = (c: Context<RequestEnv>, secret: string): void =>
  setCookie(c, ACCOUNT_COOKIE, secret, { ...scope(c), maxAge: (LIMITS.signInDays * DAY_MS) / 1000 });

export const forgetCookie = (c: Context<RequestEnv>): void => {
  deleteCookie(c, ACCOUNT_COOKIE, scope(c));
};

/** What passkeys are made for: the address that the page was opened at. */
export function readSite(c: Context<RequestEnv>): Site {
  const { hostname, origin } = new URL(c.req.url);
  return { id: hostname, origin };
}

/**
 * Whoever comes in, with the secret of a new cookie: what the browser had before, from whomever, is worth nothing
 * afterwards.
 */
export async function createEntrant(c: Context<RequestEnv>): Promise<{ entrant: Entrant; secret: string }> {
  const secret = createSecret();
  const [tokenHash, replaces] = await Promise.all([hashSecret(secret), readTokenHash(c)]);
  return { secret, entrant: { visitor: readVisitor(c), site: readSite(c), tokenHash, replaces } };
}
