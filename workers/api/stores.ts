import { hc } from "hono/client";
import { ProblemError } from "../../shared/problem.ts";
import type { HostStore } from "../host-store/index.ts";
import type { ReactionStore } from "../reaction-store/index.ts";
import type { SessionStore } from "../session-store/index.ts";
import type { UserStore } from "../user-store/index.ts";

/** A service binding that does not answer is `unavailable`, never a 500. */
export const reach =
  (store: Fetcher, requestId: string) =>
  async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    request.headers.set("X-Request-Id", requestId);
    try {
      return await store.fetch(request);
    } catch (error) {
      console.error(JSON.stringify({ requestId, message: "a store did not answer", error: String(error) }));
      throw new ProblemError("unavailable", "a part of the service did not answer; try again", {
        retryAfter: 1,
      });
    }
  };

/** Typed clients of the stores, for one request. Their routers are the contract. */
export const createStores = (env: ApiEnv, requestId: string) => ({
  sessions: hc<SessionStore>("http://session-store", { fetch: reach(env.SESSION_STORE, requestId) }),
  hosts: hc<HostStore>("http://host-store", { fetch: reach(env.HOST_STORE, requestId) }),
  users: hc<UserStore>("http://user-store", { fetch: reach(env.USER_STORE, requestId) }),
  reactions: hc<ReactionStore>("http://reaction-store", { fetch: reach(env.REACTION_STORE, requestId) }),
});

export type Stores = ReturnType<typeof createStores>;
