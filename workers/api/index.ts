import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { LIMITS } from "../../shared/limits.ts";
import { onError, onMethodNotAllowed, onNotFound, ProblemError } from "../../shared/problem.ts";
import { type Api, configure } from "./auth.ts";
import { moderation } from "./routes/moderation.ts";
import { events, pipe } from "./routes/pipe.ts";
import { reaction } from "./routes/reaction.ts";
import { results } from "./routes/results.ts";
import { session } from "./routes/session.ts";
import { state } from "./routes/state.ts";

/** Decks and phone pages live anywhere: the caller's origin is echoed if ALLOWED_ORIGINS has it. */
const allowOrigins = cors({
  origin: (origin, c) => {
    const allowed: string[] = c.env.ALLOWED_ORIGINS.split(/[\s,]+/);
    return allowed.includes("*") || allowed.includes(origin) ? origin : null;
  },
  allowMethods: ["GET", "POST", "DELETE"],
  allowHeaders: ["Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Session-Token", "X-Session-Uid"],
  exposeHeaders: ["Retry-After", "X-Request-Id"],
  credentials: true,
  maxAge: 24 * 60 * 60,
});

/** Answers are about this moment and this caller, and are no pages. */
const answerHeaders = secureHeaders({
  crossOriginResourcePolicy: "cross-origin",
  // These are about pages, and JSON is none.
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  // Without includeSubDomains: a custom domain's other hosts are not ours to decide about.
  strictTransportSecurity: "max-age=15552000",
});
const noStore = createMiddleware(async function noStore(c, next) {
  await next();
  if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
});

const limitBody = bodyLimit({
  maxSize: LIMITS.bodyBytes,
  onError: () => {
    throw new ProblemError("too_large", `a body takes up to ${LIMITS.bodyBytes} bytes`);
  },
});

/** A router would leave broken percent-encoding as it is, and it would become part of a page's name. */
const requireDecodablePath = createMiddleware(async function requireDecodablePath(c, next) {
  try {
    if (c.req.url.includes("%")) decodeURIComponent(new URL(c.req.url).pathname);
  } catch {
    throw new ProblemError("invalid_request", "the path's percent-encoding is broken");
  }
  await next();
});

/** The public API: who may do what. What happens then is the stores' business. */
const app = new Hono<Api>();
app
  .use(requestId())
  .use("/api/*", allowOrigins, answerHeaders, noStore, limitBody)
  .use(requireDecodablePath)
  .use("/api/v1/*", configure)
  .use("/ws/v1/*", configure)

  // Start, find, join: POST /new, GET /:sessionUid, POST /:sessionUid/login
  .route("/api/v1/session", session)
  // Where the deck is: POST and GET /:sessionUid/state
  .route("/api/v1/session", state)
  // React and count: POST /:sessionUid/user/:uid/react, GET /:sessionUid/reactions
  .route("/api/v1/session", reaction)
  // Drive, moderate and invite: /:sessionUid/driver, rules, user/:uid/block, hosts
  .route("/api/v1/session", moderation)
  // Afterwards: /:sessionUid/timeline, reactions/export, end; forgetting
  .route("/api/v1/session", results)
  // Live: GET /:sessionUid/events, and the sockets
  .route("/api/v1/session", events)
  .route("/ws/v1/session", pipe);

app.onError(onError);
// Only here, and not around every request: looking for other methods is for paths that led nowhere.
const allowMethods = methodNotAllowed({ app, onMethodNotAllowed });
app.notFound(async (c) => {
  c.res = onNotFound(c);
  await allowMethods(c, async () => {});
  return c.res;
});

export default app;
