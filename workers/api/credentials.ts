import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { DAY_MS, LIMITS } from "../../shared/protocol/limits.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { isForeign } from "./headers.ts";
import type { RequestEnv } from "./request-env.ts";

/* Where a request says who makes it: a token in a header, and a uid in a header or a cookie. */

const TOKEN_HEADER = "x-session-token";
export const UID_HEADER = "x-session-uid";
const UID_COOKIE = "uid";

/** @throws `missing_token` */
export function readToken(c: Context<RequestEnv>): string {
  const token = c.req.header(TOKEN_HEADER);
  if (!token) throw new ProblemError("missing_token", `send a token as ${TOKEN_HEADER}`);
  return token;
}

/** The header wins over the cookie. */
export const readUid = (c: Context<RequestEnv>): string | undefined =>
  c.req.header(UID_HEADER) ?? getCookie(c, UID_COOKIE);

/** The same for EventSource, which has no headers: what stands in the query wins over a cookie that happens to be there. */
export const readEventsUid = (c: Context<RequestEnv>): string | undefined =>
  c.req.header(UID_HEADER) ?? c.req.query("uid") ?? getCookie(c, UID_COOKIE);

/**
 * Gives the uid as a cookie too, for clients that keep nothing themselves. A page of another origin gets none:
 * it would stand in every request that any page makes from the same place.
 */
export function setUidCookie(c: Context<RequestEnv>, sessionUid: string, uid: string): void {
  if (isForeign(c)) return;
  const isSecure = new URL(c.req.url).protocol === "https:";
  setCookie(c, UID_COOKIE, uid, {
    path: `/api/v1/session/${sessionUid}`,
    httpOnly: true,
    maxAge: (LIMITS.retentionDays * DAY_MS) / 1000,
    ...(isSecure && { secure: true, sameSite: "None", partitioned: true }),
  });
}
