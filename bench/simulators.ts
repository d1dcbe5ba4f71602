import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { WorkerService } from "./workerd-config.ts";

/*
 * D1, R2 and the Cache API as wrangler plays them on one's own computer: the Workers that Miniflare carries, bound the way it binds them
 * (its plugins of these names), in the workerd of a measurement. Below them is SQLite in an object: what is counted is what D1
 * counts, what is timed has no network in it. Behind its dataset of Analytics Engine is nothing.
 */

/** Under which name a bundle stands, and where Miniflare has it. */
const FILES = {
  "d1-entry.js": "d1/entry.worker.js",
  "d1-database.js": "d1/database.worker.js",
  "r2-bucket.js": "r2/bucket.worker.js",
  "cache-entry.js": "cache/cache-entry.worker.js",
  "cache-object.js": "cache/cache.worker.js",
  "analytics-engine.js": "analytics-engine/analytics-engine.worker.js",
  "object-entry.js": "shared/object-entry.worker.js",
  "miniflare-shared.js": "shared/index.worker.js",
  "miniflare-zod.js": "shared/zod.worker.js",
} as const;

/** The module that plays a dataset. */
export const EMPTY_DATASET = "miniflare:analytics-engine";

/** What those Workers import. */
export const EXTENSIONS: Readonly<Record<string, string>> = {
  "miniflare:shared": "miniflare-shared.js",
  "miniflare:zod": "miniflare-zod.js",
  [EMPTY_DATASET]: "analytics-engine.js",
};

/** The services that a D1 and an R2 binding, and the Cache API, lead to. */
export const D1 = "d1";
export const R2 = "r2";
export const CACHE = "cache";

/** The object that plays a database, a bucket or a cache, and what stands in front of it. */
const play = (name: string, entry: string, objects: string, type: string): readonly WorkerService[] => [
  {
    name,
    bundle: entry,
    compatibilityDate: "2023-07-24",
    // An error keeps its name on its way through.
    compatibilityFlags: ["enhanced_error_serialization"],
    vars: { MINIFLARE_NAMESPACE: "all" },
    foreignObjects: { MINIFLARE_OBJECT: { type, service: `${name}-objects` } },
  },
  {
    name: `${name}-objects`,
    bundle: objects,
    compatibilityDate: "2023-07-24",
    compatibilityFlags: ["nodejs_compat", "experimental"],
    services: { MINIFLARE_BLOBS: "storage" },
    objects: { OBJECTS: type },
  },
];

/** Of each kind one: nobody here has more. */
export const simulators: readonly WorkerService[] = [
  ...play(D1, "d1-entry.js", "d1-database.js", "D1DatabaseObject"),
  ...play(R2, "object-entry.js", "r2-bucket.js", "R2BucketObject"),
  ...play(CACHE, "cache-entry.js", "cache-object.js", "CacheObject"),
];

/** Puts their bundles into `folder`. wrangler brings Miniflare along, in the version that it was built with. */
export async function copySimulators(folder: string): Promise<void> {
  const wrangler = createRequire(createRequire(import.meta.url).resolve("wrangler"));
  const workers = join(dirname(wrangler.resolve("miniflare")), "workers");
  await Promise.all(
    Object.entries(FILES).map(([to, from]) => copyFile(join(workers, from), join(folder, to))),
  );
}
