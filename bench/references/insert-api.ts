import type { Reachable } from "./runtime.ts";

/** R2, first hop: hands every request on. */
export default {
  fetch: (request: Request, env: { STORE: Reachable }): Promise<Response> => env.STORE.fetch(request),
};
