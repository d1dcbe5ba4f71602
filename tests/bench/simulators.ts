import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { WorkerService } from "./workerd-config.ts";

/*
 * D1 and R2 as wrangler plays them on one's own computer: the Workers that Miniflare carries, bound the way it binds them
 * (its d1 and r2 plugins), in the workerd of a measurement. Below both is SQLite in an object: what is counted is what D1
 * counts, what is timed has no network in it.
 */

/** Under which name a bundle stands, and where Miniflare has it. */
const FILES = {
  "d1-entry.js": "d1/entry.worker.js",
  "d1-database.js": "d1/database.worker.js",
  "r2-bucket.js": "r2/bucket.worker.js",
  "object-entry.js": "shared/object-entry.worker.js",
  "miniflare-shared.js": "shared/index.worker.js",
  "miniflare-zod.js": "shared/zod.worker.js",
} as const;

/** What those Workers import. */
export const EXTENSIONS: Readonly<Record<string, string>> = {
  "miniflare:shared": "miniflare-shared.js",
  "miniflare:zod": "miniflare-zod.js",
};

/** The services that a D1 and an R2 binding lead to. */
export const D1 = "d1";
export const R2 = "r2";

/** The object that plays a database or a bucket, and what stands in front of it. */
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

/** Of each kind one database and one bucket: nobody here has more. */
export const simulators: readonly WorkerService[] = [
  ...play(D1, "d1-entry.js", "d1-database.js", "D1DatabaseObject"),
  ...play(R2, "object-entry.js", "r2-bucket.js", "R2BucketObject"),
];

/** Puts their bundles into `folder`. wrangler brings Miniflare along, in the version that it was built with. */
export async function copySimulators(folder: string): Promise<void> {
  const wrangler = createRequire(createRequire(import.meta.url).resolve("wrangler"));
  const workers = join(dirname(wrangler.resolve("miniflare")), "workers");
  await Promise.all(
    Object.entries(FILES).map(([to, from]) => copyFile(join(workers, from), join(folder, to))),
  );
}
