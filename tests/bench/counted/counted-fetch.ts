import type { Counter } from "./counts.ts";

type Fetch = (request: Request, env: unknown, ctx: unknown) => Response | Promise<Response>;

/** The Worker's own answers, and `/counts` beside them. */
export const countedFetch =
  (worker: { fetch: Fetch }, counter: Counter): Fetch =>
  (request, env, ctx) =>
    new URL(request.url).pathname === "/counts"
      ? Response.json(counter.read())
      : worker.fetch(request, env, ctx);
