import type { ObjectNamespace, ObjectState } from "./runtime.ts";

/** Operations since the start, as Cloudflare would bill them. */
const counts = { reads: 0, writes: 0, deletes: 0, lists: 0 };

/**
 * Plays one KV namespace: the requests that the runtime makes of a KV binding, answered from one
 * SQLite object. It is strongly consistent and takes any number of writes, so what is measured over
 * it flatters whoever writes much to KV.
 */
export default {
  fetch(request: Request, env: { NAMESPACE: ObjectNamespace }): Promise<Response> | Response {
    if (new URL(request.url).pathname === "/counts") return Response.json(counts);
    return env.NAMESPACE.getByName("all").fetch(request);
  },
};

export class Namespace {
  readonly #sql: ObjectState["storage"]["sql"];

  constructor({ storage }: ObjectState) {
    this.#sql = storage.sql;
    this.#sql.exec(
      "CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT, expiration INTEGER, metadata TEXT) WITHOUT ROWID",
    );
  }

  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const key = decodeURIComponent(url.pathname.slice(1));
    if (request.method === "GET") return key === "" ? this.#list(url) : this.#get(key);
    if (request.method === "PUT") {
      counts.writes++;
      const { expiration, ttl } = readEnd(url);
      this.#sql.exec(
        "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)",
        key,
        await request.text(),
        expiration ?? (ttl === undefined ? null : Math.floor(Date.now() / 1000) + ttl),
        request.headers.get("CF-KV-Metadata"),
      );
      return new Response();
    }
    counts.deletes++;
    this.#sql.exec("DELETE FROM entries WHERE key = ?", key);
    return new Response();
  }

  #get(key: string): Response {
    counts.reads++;
    const [row] = this.#sql
      .exec(
        "SELECT value, metadata FROM entries WHERE key = ? AND (expiration IS NULL OR expiration > ?)",
        key,
        Math.floor(Date.now() / 1000),
      )
      .toArray();
    if (!row) return new Response(null, { status: 404 });
    const headers = new Headers();
    if (row.metadata !== null) headers.set("CF-KV-Metadata", String(row.metadata));
    return new Response(String(row.value), { headers });
  }

  #list(url: URL): Response {
    counts.lists++;
    const limit = Number(url.searchParams.get("key_count_limit") ?? 1000);
    const prefix = url.searchParams.get("prefix") ?? "";
    const rows = this.#sql
      .exec(
        "SELECT key, expiration, metadata FROM entries WHERE key > ? AND substr(key, 1, ?) = ? ORDER BY key LIMIT ?",
        url.searchParams.get("cursor") ?? "",
        prefix.length,
        prefix,
        limit + 1,
      )
      .toArray();
    const keys = rows.slice(0, limit).map(({ key, expiration, metadata }) => ({
      name: key,
      ...(expiration !== null && { expiration }),
      ...(metadata !== null && { metadata: JSON.parse(String(metadata)) }),
    }));
    const isComplete = rows.length <= limit;
    return Response.json({
      keys,
      list_complete: isComplete,
      ...(!isComplete && { cursor: keys.at(-1)?.name }),
    });
  }
}

function readEnd(url: URL): { expiration?: number; ttl?: number } {
  const expiration = url.searchParams.get("expiration");
  const ttl = url.searchParams.get("expiration_ttl");
  return {
    ...(expiration !== null && { expiration: Number(expiration) }),
    ...(ttl !== null && { ttl: Number(ttl) }),
  };
}
