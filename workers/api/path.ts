import type { MiddlewareHandler } from "hono";
import { withContract } from "../lib/contract.ts";
import { ProblemError } from "../lib/problem-error.ts";

/** A router would leave broken percent-encoding as it is, and it would become part of a page's name. */
export const requireDecodablePath: MiddlewareHandler = withContract(
  { problems: ["invalid_request"] },
  function requireDecodablePath(c, next) {
    try {
      if (c.req.path.includes("%")) decodeURIComponent(new URL(c.req.url).pathname);
    } catch {
      throw new ProblemError("invalid_request", "the path's percent-encoding is broken");
    }
    return next();
  },
);
