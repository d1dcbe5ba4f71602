import type { Context } from "hono";
import { Hono } from "hono";
import { logFailure } from "../../lib/log-failure.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { readRecapPage } from "../recap-page-cache.ts";
import { configure, type RequestEnv } from "../request-env.ts";
import { sendPage } from "../send-page.ts";
import { getSession } from "../session-cache.ts";

/** What web/_headers says of a page of ours, for the one that is no file. Every reader asks each time whether it is still published. */
const HEADERS = {
  "Cache-Control": "no-cache",
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
  "Strict-Transport-Security": "max-age=15552000",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
};

/** Whether there is something to read: the page; `not_published`, which a host may change; no such session. */
type Found = Response | "not_published" | "gone";

/** `GET /recap?session=…`: the published page, or else one whose script says why there is none, and helps a host. */
export const recapPage = new Hono<RequestEnv>().get("/", async (c) => {
  const sessionUid = c.req.query("session")?.trim();
  if (!sessionUid) return sendShell(c, 200);
  try {
    await configure(c, async () => {});
    const found = await findPage(c, sessionUid);
    if (found === "gone") return await sendShell(c, 404);
    if (found === "not_published") return await sendShell(c, 200);
    return found;
  } catch (error) {
    // Nobody reads a problem in JSON here; the page's script asks again, and says what it hears.
    logFailure("a recap's page could not be read", error);
    return sendShell(c, 503);
  }
});

async function findPage(c: Context<RequestEnv>, uid: string): Promise<Found> {
  const hash = await c.get("keyring").openSessionUid(uid);
  if (hash === undefined) return "gone";
  c.set("session", { uid, hash });
  try {
    await getSession(c);
    const address = new URL(`/recap?${new URLSearchParams({ session: uid })}`, c.req.url).href;
    const { tag, body } = await readRecapPage(c.get("stores"), hash, address);
    const isKnown = hasTag(c.req.header("If-None-Match"), tag);
    return c.newResponse(isKnown ? null : body, isKnown ? 304 : 200, { ...HEADERS, ETag: tag });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.code === "session_not_found") return "gone";
    if (error.code === "recap_not_found") return "not_published";
    throw error;
  }
}

const hasTag = (known = "", tag: string): boolean =>
  known.split(",").some((each) => each.trim().replace(/^W\//, "") === tag);

const sendShell = (c: Context<RequestEnv>, status: 200 | 404 | 503): Promise<Response> =>
  sendPage(c, "/recap", status, {
    "Cache-Control": "no-cache",
    ...(status === 503 && { "Retry-After": "5" }),
  });
