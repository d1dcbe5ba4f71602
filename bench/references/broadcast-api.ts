import type { Reachable } from "./runtime.ts";

/** R3, first hop: hands every request and every upgrade on. */
export default {
  fetch: (request: Request, env: { STORE: Reachable }): Promise<Response> => env.STORE.fetch(request),
};
