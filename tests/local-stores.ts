import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";

/* What the local runtime keeps on disk, to be looked at while no Worker runs. */

const PLACES = { d1: "d1/miniflare-D1DatabaseObject", r2: "r2/miniflare-R2BucketObject" } as const;

/** Does something with the database that has this table. */
function open<T>(
  storage: string,
  kind: keyof typeof PLACES,
  table: string,
  does: (database: DatabaseSync) => T,
): T {
  const place = join(storage, "v3", PLACES[kind]);
  for (const file of existsSync(place) ? readdirSync(place) : []) {
    if (!file.endsWith(".sqlite")) continue;
    // Of those that were killed, the last one may hold it for a moment more.
    const database = new DatabaseSync(join(place, file), { timeout: 10_000 });
    try {
      const isThere = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(table);
      if (isThere) return does(database);
    } finally {
      database.close();
    }
  }
  throw new Error(`there is no table ${table} in ${place}`);
}

/** Runs a statement in host-store's database. */
export const changeHosts = (storage: string, sql: string, ...values: (string | number)[]): void =>
  open(storage, "d1", "accounts", (database) => void database.prepare(sql).run(...values));

/** How many rows a query of host-store's database finds. */
export const countHosts = (storage: string, sql: string, ...values: (string | number)[]): number =>
  open(storage, "d1", "accounts", (database) => database.prepare(sql).all(...values).length);

const Keys = z.array(z.object({ key: z.string() }));

/** What lies in R2: objects, and uploads that nobody has finished or given up. */
export const listObjects = (storage: string) =>
  open(storage, "r2", "_mf_objects", (database) => {
    const list = (sql: string) => Keys.parse(database.prepare(sql).all()).map(({ key }) => key);
    return {
      objects: list("SELECT key FROM _mf_objects"),
      uploads: list("SELECT key FROM _mf_multipart_uploads WHERE state = 0"),
    };
  });
