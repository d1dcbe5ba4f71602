import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { requestId } from "hono/request-id";
import type { RequestEnv } from "./request-env.ts";

const REQUEST_ID = "X-Request-Id";
/** A reverse proxy may have named the request. */
const GIVEN_ID = /^[\w\-=]{1,255}$/;

/** What the request is called in logs and in its answer. */
export const nameRequest = requestId({
  // Read here, and written with the answer's other headers.
  headerName: "",
  generator: (c) => {
    const given = c.req.header(REQUEST_ID);
    return given !== undefined && GIVEN_ID.test(given) ? given : crypto.randomUUID();
  },
});

/** Headers of every answer of the API: it is about this moment and this caller, and no page. */
const API_HEADERS: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  // Without includeSubDomains: a custom domain's other hosts are not ours to decide about.
  "Strict-Transport-Security": "max-age=15552000",
  Vary: "Origin",
  "X-Content-Type-Options": "nosniff",
};

/** What every answer says, unless it says it already. */
export const answerHeaders = createMiddleware<RequestEnv>(async function answerHeaders(c, next) {
  await next();
  // An upgrade takes none.
  if (c.res === c.get("whole") || c.res.status === 101) return;
  const answer = new Response(c.res.body, c.res);
  answer.headers.set(REQUEST_ID, c.get("requestId"));
  const more = c.req.path.startsWith("/api/") ? API_HEADERS : {};
  for (const [name, value] of Object.entries(more)) {
    if (!answer.headers.has(name)) answer.headers.set(name, value);
  }
  // Given another answer in place of the first, Hono would keep the headers of both.
  c.res = undefined;
  c.res = answer;
});

/** Made once: where each answer makes them anew, or gets them one by one, that takes a tenth of a look-up's time. */
const JSON_INIT = { headers: new Headers({ ...API_HEADERS, "Content-Type": "application/json" }) };

/** JSON, for what a whole audience asks for: with all its headers, and no other. */
export const sendJson = (c: Context<RequestEnv>, body: object): Response =>
  sendJsonText(c, JSON.stringify(body));

/** The same, of what is JSON already. */
export function sendJsonText(c: Context<RequestEnv>, json: string): Response {
  const answer = new Response(json, JSON_INIT);
  answer.headers.set(REQUEST_ID, c.get("requestId"));
  c.set("whole", answer);
  return answer;
}

const withCors = cors({
  origin: (origin, c) => {
    const allowed: string[] = c.env.ALLOWED_ORIGINS.split(/[\s,]+/);
    return allowed.includes("*") || allowed.includes(origin) ? origin : null;
  },
  allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
  allowHeaders: ["Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Session-Token", "X-Session-Uid"],
  exposeHeaders: ["Retry-After", "X-Request-Id"],
  credentials: true,
  maxAge: 24 * 60 * 60,
});

/** Whether a page asks that is not one of the deployment's own. */
export function isForeign(c: Context<RequestEnv>): boolean {
  const origin = c.req.header("Origin");
  return origin !== undefined && !c.req.url.startsWith(`${origin}/`);
}

/**
 * Decks and phone pages live anywhere: the caller's origin is echoed if ALLOWED_ORIGINS has it.
 * Our own pages, and what is no page, need no permission.
 */
export const allowOrigins: MiddlewareHandler<RequestEnv> = (c, next) =>
  isForeign(c) || c.req.method === "OPTIONS" ? withCors(c, next) : next();
