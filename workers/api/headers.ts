import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type { RequestEnv } from "./request-env.ts";

/**
 * Headers of every answer: it is about this moment and this caller, and no page. They are set before
 * the handler runs, so that the answer is built once: changing one that is there costs a copy of it.
 */
export const answerHeaders: MiddlewareHandler<RequestEnv> = function answerHeaders(c, next) {
  c.header("Cache-Control", "no-store");
  // Without includeSubDomains: a custom domain's other hosts are not ours to decide about.
  c.header("Strict-Transport-Security", "max-age=15552000");
  c.header("X-Content-Type-Options", "nosniff");
  return next();
};

const withCors = cors({
  origin: (origin, c) => {
    const allowed: string[] = c.env.ALLOWED_ORIGINS.split(/[\s,]+/);
    return allowed.includes("*") || allowed.includes(origin) ? origin : null;
  },
  allowMethods: ["GET", "POST", "PUT", "DELETE"],
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
export const allowOrigins: MiddlewareHandler<RequestEnv> = function allowOrigins(c, next) {
  if (isForeign(c) || c.req.method === "OPTIONS") return withCors(c, next);
  c.header("Vary", "Origin");
  return next();
};
