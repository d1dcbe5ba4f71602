import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import * as z from "zod";
import { HostCache } from "./cache.ts";

const Value = z.object({ number: z.number() });
const kv = env.HOST_KV;

/** A cache, and how often D1 was asked. */
function createCache() {
  const pending: Promise<unknown>[] = [];
  const cache = new HostCache(kv, (work) => pending.push(work));
  let reads = 0;
  let number = 1;
  return {
    cache,
    settle: () => Promise.all(pending),
    read: (key: string) =>
      cache.read(key, Value, async () => {
        reads++;
        return { number };
      }),
    set: (value: number) => {
      number = value;
    },
    get reads() {
      return reads;
    },
  };
}

test("a value is read from D1 once and then from KV, where it ends after a minute", async () => {
  const one = createCache();
  expect(await one.read("once")).toEqual({ number: 1 });
  await one.settle();
  expect(await one.read("once")).toEqual({ number: 1 });
  expect(one.reads).toBe(1);
  const { keys } = await kv.list({ prefix: "once" });
  const left = (keys[0]?.expiration ?? 0) - Date.now() / 1000;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(61);
});

test("who has changed a value reads D1 from then on, and keeps nothing for others that may be old", async () => {
  const one = createCache();
  await one.read("changed");
  await one.settle();
  one.set(2);
  await one.cache.forget("changed");
  expect(await kv.get("changed")).toBeNull();
  // KV as it answers elsewhere for a while.
  await kv.put("changed", JSON.stringify({ number: 1 }));
  expect(await one.read("changed")).toEqual({ number: 2 });
  expect(await one.read("changed")).toEqual({ number: 2 });
  await one.settle();
  expect(one.reads).toBe(3);
  expect(await kv.get("changed", "json")).toEqual({ number: 1 });
});

test("a value that was changed while it was read is not kept", async () => {
  const one = createCache();
  const value = await one.cache.read("meanwhile", Value, async () => {
    await one.cache.forget("meanwhile");
    return { number: 1 };
  });
  await one.settle();
  expect(value).toEqual({ number: 1 });
  expect(await kv.get("meanwhile")).toBeNull();
});

test("what is kept in another shape, or not at all, is read from D1; what D1 refuses is not kept", async () => {
  const one = createCache();
  await kv.put("shape", JSON.stringify({ text: "of before" }));
  expect(await one.read("shape")).toEqual({ number: 1 });
  const refuse = () => one.cache.read("refused", Value, () => Promise.reject(new Error("no")));
  await expect(refuse()).rejects.toThrow("no");
  await one.settle();
  expect(await kv.get("refused")).toBeNull();
});
