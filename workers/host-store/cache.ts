import type * as z from "zod";
import { logFailure } from "../lib/log-failure.ts";
import { TtlCache } from "../lib/ttl-cache.ts";

/** How long KV keeps a value, in seconds: the least that it takes. */
const KEPT_SECONDS = 60;

/**
 * What this isolate has changed a short time ago: KV may go on answering with what was before, so D1 is read until every
 * such answer has ended. It names keys and holds no values, so that requests share nothing but this.
 */
const changed = new TtlCache<true>(KEPT_SECONDS * 1000, 10_000);

/**
 * The read-through cache in front of D1: KV first, D1 on a miss, written back. A change goes to D1 and then `forget`s
 * the key. Who has just changed something reads it changed; who is elsewhere reads what was before for a minute at most,
 * so that nothing which lets anybody in, gives a secret or decides on a change may be read from here.
 */
export class HostCache {
  readonly #kv: KVNamespace;
  readonly #after: (work: Promise<unknown>) => void;

  /** @param after what goes on after the answer */
  constructor(kv: KVNamespace, after: (work: Promise<unknown>) => void) {
    this.#kv = kv;
    this.#after = after;
  }

  /** A value by its schema: as it is kept, or else as `load` reads it from D1. What `load` throws is not kept. */
  async read<S extends z.ZodType>(
    key: string,
    schema: S,
    load: () => Promise<z.output<S>>,
  ): Promise<z.output<S>> {
    if (changed.get(key)) return load();
    const kept = schema.safeParse(await this.#get(key));
    if (kept.success) return kept.data;
    const value = await load();
    // Whoever has changed it meanwhile may have done so after it was read.
    if (!changed.get(key)) this.#after(this.#put(key, value));
    return value;
  }

  /** After a change: what is kept under these keys is as it was before. */
  async forget(...keys: readonly string[]): Promise<void> {
    for (const key of keys) changed.set(key, true);
    const deleting = keys.map((key) => this.#kv.delete(key));
    // The change is made, and what is kept ends by itself: nobody is told that it failed.
    await Promise.all(deleting).catch((error: unknown) =>
      logFailure("a cached value was not deleted", error),
    );
  }

  async #get(key: string): Promise<unknown> {
    try {
      return await this.#kv.get(key, "json");
    } catch (error) {
      logFailure("a cached value was not read", error);
      return undefined;
    }
  }

  async #put(key: string, value: unknown): Promise<void> {
    try {
      await this.#kv.put(key, JSON.stringify(value), { expirationTtl: KEPT_SECONDS });
    } catch (error) {
      // KV takes one write a second for one key: whoever came first has written the same.
      logFailure("a value was not cached", error);
    }
  }
}
