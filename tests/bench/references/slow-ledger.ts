import type { Reachable } from "./runtime.ts";

/** Stands before the reaction-store and makes it as slow as one that is far away. */
export default {
  async fetch(request: Request, env: { STORE: Reachable; DELAY_MS: string }): Promise<Response> {
    await new Promise((resolve) => setTimeout(resolve, Number(env.DELAY_MS)));
    return env.STORE.fetch(request);
  },
};
