import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { buffer } from "node:stream/consumers";

/** The binding of an upload, as wrangler sends it. */
interface Binding {
  readonly name: string;
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly bucket_name?: string;
  readonly dataset?: string;
}

/** Why Cloudflare refuses, in its own numbers. */
class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * An empty Cloudflare account, as far as wrangler asks for one: what is deployed there is kept, and nothing of it runs,
 * but for D1, which is SQLite here, too. wrangler itself is the real one.
 */
export class CloudflareAccount {
  /** Every request that changed something, in order, without the account. */
  readonly changes: string[] = [];
  /** The bindings of each Worker that is up. */
  readonly workers = new Map<string, readonly Binding[]>();
  readonly databases = new Map<string, DatabaseSync>();
  /** How many objects are in each bucket. */
  readonly buckets = new Map<string, number>();
  readonly namespaces = new Map<string, string>();
  /** While it is set, no database takes a statement. */
  isDatabaseBroken = false;
  /** Analytics Engine was turned on. */
  hasAnalytics = false;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(): Promise<CloudflareAccount> {
    const account = new CloudflareAccount();
    account.#server.listen(0, "127.0.0.1");
    await once(account.#server, "listening");
    return account;
  }

  /** Lets a wrangler find it, and no other. */
  get environment(): Record<string, string> {
    const { port } = this.#server.address() as AddressInfo;
    return {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/client/v4`,
      CLOUDFLARE_API_TOKEN: "of-no-account",
      CLOUDFLARE_ACCOUNT_ID: "account",
    };
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { pathname, searchParams } = new URL(request.url ?? "", "http://api");
    const path = pathname.replace(/^\/client\/v4(\/accounts\/account)?/, "");
    const method = request.method ?? "";
    // wrangler asks D1 by POST, whatever the statement does.
    if (method !== "GET" && !path.endsWith("/query")) this.changes.push(`${method} ${path}`);
    // Every list is one page. Some of wrangler's lists go on until a page is empty.
    const isBehind = method === "GET" && Number(searchParams.get("page") ?? 1) > 1;
    const [status, result, errors] = await this.#decide(method, path, body, request).then(
      (value) => [200, isBehind ? [] : (value ?? null), []] as const,
      ({ status = 500, code = 0, message }) => [status, null, [{ code, message }]] as const,
    );
    response.writeHead(status, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        success: status === 200,
        errors,
        messages: [],
        result,
        result_info: { total_pages: 1 },
      }),
    );
  }

  async #decide(method: string, path: string, body: Buffer, request: IncomingMessage): Promise<unknown> {
    const [, area = "", kind = "", name = "", what = ""] = path.split("/");
    switch (`${area}/${kind}`) {
      case "user/tokens":
        return { id: "token", status: "active" };
      case "user/":
        return { id: "user", email: "ada@example.org" };
      case "accounts/":
        return [{ id: "account", name: "account" }];
      case "memberships/":
        return [{ account: { id: "account", name: "account" } }];
      case "d1/database":
        return this.#database(method, name.replace(/^id-/, ""), what, body);
      case "r2/buckets":
        return this.#bucket(method, name, body);
      case "storage/kv":
        return this.#namespace(method, what, body);
      case "workers/tails":
        return [];
      case "workers/subdomain":
        return { subdomain: "ada" };
      case "workers/scripts":
        return this.#script(method, name, what, body, request);
      case "workers/services":
      case "workers/workers":
        return this.#worker(method, name);
      default:
        throw new Refusal(404, 7003, `the test's account knows no ${method} ${path}`);
    }
  }

  #database(method: string, name: string, what: string, body: Buffer): unknown {
    const describe = (each: string) => ({ name: each, uuid: `id-${each}` });
    if (name === "" && method === "GET") return [...this.databases.keys()].map(describe);
    if (name === "") {
      const created = String(JSON.parse(body.toString()).name);
      if (this.databases.has(created)) throw new Refusal(400, 7502, "exists already");
      this.databases.set(created, new DatabaseSync(":memory:"));
      return describe(created);
    }
    const database = this.databases.get(name);
    if (!database) throw new Refusal(404, 7404, `The database ${name} could not be found`);
    if (method === "DELETE") return this.databases.delete(name);
    if (what === "query") return this.#query(database, String(JSON.parse(body.toString()).sql));
    return describe(name);
  }

  /** All statements, in one transaction. Those of ours have no semicolon inside. */
  #query(database: DatabaseSync, sql: string): unknown {
    if (this.isDatabaseBroken) throw new Refusal(500, 7500, "the database is out of order");
    const plain = sql.replaceAll(/--.*$/gm, "");
    database.exec("BEGIN");
    try {
      const statements = plain.split(";").filter((statement) => statement.trim() !== "");
      if (/\b(CREATE|INSERT|UPDATE|DELETE|DROP)\b/.test(plain))
        this.changes.push(`SQL of ${statements.length}`);
      const answers = statements.map((statement) => ({
        results: database.prepare(statement).all(),
        success: true,
        meta: { duration: 1 },
      }));
      database.exec("COMMIT");
      return answers;
    } catch (error) {
      database.exec("ROLLBACK");
      throw new Refusal(400, 7500, String(error));
    }
  }

  #bucket(method: string, name: string, body: Buffer): unknown {
    if (name === "" && method === "GET") {
      return {
        buckets: [...this.buckets.keys()].map((each) => ({ name: each, creation_date: "2026-11-27" })),
      };
    }
    if (name === "") return this.buckets.set(String(JSON.parse(body.toString()).name), 0) && {};
    const objects = this.buckets.get(name);
    if (objects === undefined) throw new Refusal(404, 10006, "The specified bucket does not exist.");
    if (method !== "DELETE") return { name };
    if (objects > 0) throw new Refusal(409, 10008, "The bucket you tried to delete is not empty");
    return this.buckets.delete(name);
  }

  #namespace(method: string, id: string, body: Buffer): unknown {
    if (method === "GET") return [...this.namespaces].map(([title, each]) => ({ id: each, title }));
    if (method === "DELETE") {
      for (const [title, each] of this.namespaces) if (each === id) this.namespaces.delete(title);
      return null;
    }
    const title = String(JSON.parse(body.toString()).title);
    if (this.namespaces.has(title))
      throw new Refusal(400, 10014, "a namespace with this title already exists");
    this.namespaces.set(title, `kv-${title}`);
    return { id: `kv-${title}`, title };
  }

  async #script(
    method: string,
    name: string,
    what: string,
    body: Buffer,
    request: IncomingMessage,
  ): Promise<unknown> {
    const isUpload = (what === "" && method === "PUT") || (what === "versions" && method === "POST");
    if (isUpload) return this.#upload(name, body, request);
    if (what === "assets-upload-session") return { jwt: "all-there", buckets: [] };
    const bindings = this.workers.get(name);
    if (!bindings) throw new Refusal(404, 10007, `Worker "${name}" not found`);
    if (what === "") return this.workers.delete(name);
    if (what === "settings") return { bindings };
    if (what === "secrets") return bindings.filter(({ type }) => type === "secret_text");
    if (what === "deployments") return { deployments: [] };
    if (what === "subdomain") return { enabled: name === "revint-api", previews_enabled: false };
    return {};
  }

  async #upload(name: string, body: Buffer, request: IncomingMessage): Promise<unknown> {
    const type = request.headers["content-type"] ?? "";
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    const { bindings }: { bindings: Binding[] } = JSON.parse(String(form.get("metadata")));
    if (!this.hasAnalytics && bindings.some(({ dataset }) => dataset !== undefined))
      throw new Refusal(403, 10089, "You need to enable Analytics Engine.");
    const before = this.workers.get(name) ?? [];
    const taken = bindings.map((binding) =>
      binding.type === "inherit" ? before.find((each) => each.name === binding.name) : binding,
    );
    if (taken.includes(undefined)) throw new Refusal(400, 10021, "an inherited binding is not there");
    this.workers.set(
      name,
      taken.flatMap((binding) => binding ?? []),
    );
    const script = { etag: "etag", handlers: ["fetch"] };
    return { id: name, startup_time_ms: 1, etag: "etag", number: 1, metadata: {}, resources: { script } };
  }

  #worker(method: string, name: string): unknown {
    if (!this.workers.has(name)) throw new Refusal(404, 10090, "service_not_found");
    if (method === "DELETE") return this.workers.delete(name);
    const script = { tag: "tag", etag: "etag", last_deployed_from: "wrangler" };
    return { id: name, name, default_environment: { environment: "production", script }, subdomain: {} };
  }
}
