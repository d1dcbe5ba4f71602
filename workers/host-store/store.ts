import type { Context } from "hono";
import { HostCache } from "./cache.ts";

/** What one request has: the truth, the cache in front of it, one moment, and what goes on after the answer. */
export interface Store {
  readonly db: D1Database;
  readonly cache: HostCache;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly after: (work: Promise<unknown>) => void;
}

export function openStore(c: Context<{ Bindings: HostStoreEnv }>): Store {
  const after = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  return { db: c.env.HOST_DB, cache: new HostCache(c.env.HOST_KV, after), now: Date.now(), after };
}
