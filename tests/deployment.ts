import { createTestHarness } from "wrangler";
import type * as z from "zod";
import { signToken } from "../scripts/host-token.ts";
import { createKeyPair, createSecret } from "../scripts/key-pair.ts";
import { isApi, readApi, readWorkers } from "../scripts/workers.ts";
import { getPageTopic } from "../shared/interactions/reaction/topic.ts";
import { roomName } from "../shared/protocol/identity.ts";
import { Problem } from "../shared/protocol/problem.schema.ts";
import { LoginAnswer, NewSessionAnswer, SessionAnswer } from "../shared/protocol/session.schema.ts";
import type { Batch, BatchAnswer, Entry, EntryKind, LedgerPage, LedgerQuery } from "../workers/lib/ledger.ts";

export interface DeploymentOptions {
  /** Vars of session-store, such as small rooms. */
  readonly rooms?: Readonly<Record<string, string>>;
  /** Vars of api. */
  readonly api?: Record<string, string>;
  /** Vars of recap, such as where its model is. */
  readonly recap?: Readonly<Record<string, string>>;
  /** Vars of automations, such as whether webhooks may go to this machine. */
  readonly automations?: Readonly<Record<string, string>>;
  /** Configurations in place of those in the repository, by the folder of each Worker but api. */
  readonly configs?: Readonly<Record<string, string>>;
  /** Configurations of more Workers. */
  readonly beside?: readonly string[];
  /** Replaces api's secrets, e.g. with none. */
  readonly secrets?: Record<string, string>;
  /** Leaves host-store as it is before its tables are made. */
  readonly hasNoTables?: boolean;
}

/** A room's ledger, as the room calls it. */
interface Ledger {
  append(batch: Batch): Promise<BatchAnswer>;
  find(participant: string, id: string): Promise<EntryKind | undefined>;
  list(query: LedgerQuery): Promise<LedgerPage>;
}

/** What keeps records of people, one key each. */
interface Records {
  list(options: { prefix: string }): Promise<{ keys: readonly { name: string }[]; list_complete: boolean }>;
}

/** Where host-store keeps everything. */
interface Database {
  prepare(sql: string): { bind(...values: unknown[]): { first<T>(): Promise<T | null> } };
}

/** All Workers in one workerd, with fresh keys and fresh storage. */
export async function startDeployment(options: DeploymentOptions = {}) {
  const [{ privatePem, publicPem }, issuer] = await Promise.all([createKeyPair(), createKeyPair()]);
  const secrets = options.secrets ?? {
    PUBLIC_KEY: publicPem,
    SESSION_SECRET: createSecret(),
    ISSUER_PUBLIC_KEY: issuer.publicPem,
  };
  const harness = createTestHarness({
    workers: [
      { configPath: readApi().config, secrets, vars: { SIGN_UP: "open", ...options.api } },
      ...readWorkers()
        .filter((worker) => !isApi(worker))
        .map(({ folder, config, environment }) => ({
          configPath: options.configs?.[folder] ?? config,
          ...(environment !== undefined && { env: environment }),
          ...(folder === "session-store" && options.rooms && { vars: options.rooms }),
          ...(folder === "recap" && options.recap && { vars: options.recap }),
          ...(folder === "automations" && options.automations && { vars: options.automations }),
          ...(folder === "host-store" && { secrets: { ISSUER_KEY: issuer.privatePem } }),
        })),
      ...(options.beside ?? []).map((configPath) => ({ configPath })),
    ],
  });
  const { url } = await harness.listen();
  if (!options.hasNoTables) {
    await harness.getWorker("revint-host-store").applyD1Migrations("HOST_DB");
  }
  return new Deployment(harness, new URL(url).origin, privatePem, secrets);
}

/** One running deployment, and what a host and an audience do with it. */
export class Deployment {
  readonly harness: ReturnType<typeof createTestHarness>;
  /** Origin of the api Worker. */
  readonly url: string;
  /** What its api runs with. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly #privatePem: string;
  #talks = 0;

  constructor(
    harness: ReturnType<typeof createTestHarness>,
    url: string,
    privatePem: string,
    secrets: Readonly<Record<string, string>>,
  ) {
    this.harness = harness;
    this.url = url;
    this.secrets = secrets;
    this.#privatePem = privatePem;
  }

  /** A signed token of a talk of its own. */
  sign(payload: { name?: string; date?: string; host?: boolean; exp?: number } = {}): Promise<string> {
    return signToken({ name: `talk ${++this.#talks}`, date: "2026-11-20", ...payload }, this.#privatePem);
  }

  /** One request to the API; a body is sent as JSON. */
  request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const headers = new Headers(options.headers);
    if (options.token !== undefined) headers.set("x-session-token", options.token);
    if (options.uid !== undefined) headers.set("x-session-uid", options.uid);
    if (options.json !== undefined) headers.set("content-type", "application/json");
    return fetch(new URL(path, this.url), {
      method,
      headers,
      ...(options.json !== undefined && { body: JSON.stringify(options.json) }),
      ...(options.body !== undefined && { body: options.body }),
    });
  }

  /** Starts or resumes a session. */
  async host(token?: string, more: Record<string, unknown> = {}) {
    const response = await this.request("POST", "/api/v1/session/new", {
      token: token ?? (await this.sign()),
      json: { apiUrl: this.url, webUiUrl: `${this.url}/join`, ...more },
    });
    return read(NewSessionAnswer, response);
  }

  /** Looks a session up and joins it. */
  async join(sessionUid: string, headers: Record<string, string> = {}) {
    const info = await read(
      SessionAnswer,
      await this.request("GET", `/api/v1/session/${sessionUid}`, { headers }),
    );
    const path = `/api/v1/session/${sessionUid}/login`;
    return read(LoginAnswer, await this.request("POST", path, { token: info.token, headers }));
  }

  /** The ledger of a session's room: no route leads to it. */
  async ledger(hash: string, room: number): Promise<Ledger> {
    const store = this.harness.getWorker<{ REACTION_LEDGER: { getByName(name: string): Ledger } }>(
      "revint-reaction-store",
    );
    return (await store.getEnv()).REACTION_LEDGER.getByName(roomName(hash, room));
  }

  /** Puts 25,000 reactions straight into a ledger: of 1,250 people, on 40 pages. */
  async fillLedger(hash: string, room: number, epoch: number): Promise<void> {
    const ledger = await this.ledger(hash, room);
    for (let batch = 0; batch < 25; batch++) {
      const entries = Array.from(
        { length: 1000 },
        (_, i): Entry => ({
          participant: `u000${room}${String((batch * 1000 + i) % 1250).padStart(16, "0")}`,
          id: `${batch}-${i}`,
          topic: getPageTopic(`${(batch + i) % 40}.0`),
          key: i % 3 === 0 ? "👍" : "👏",
          mode: "add",
        }),
      );
      const answer = await ledger.append({ epoch, entries });
      if (!answer.kept) throw new Error(`the ledger is in epoch ${answer.epoch}`);
    }
  }

  /** How many people of a session are on record: as users, or as hosts. */
  async countRecords(hash: string, who: "users" | "hosts"): Promise<number> {
    if (who === "hosts") return this.countRows("hosted", "session", hash);
    const { USER_KV } = await this.harness.getWorker<{ USER_KV: Records }>("revint-user-store").getEnv();
    const { keys, list_complete } = await USER_KV.list({ prefix: `${hash}/` });
    if (!list_complete) throw new Error("more people than one page");
    return keys.length;
  }

  /** How many rows a table of host-store has with this value. */
  async countRows(table: string, column: string, value: string): Promise<number> {
    const { HOST_DB } = await this.harness.getWorker<{ HOST_DB: Database }>("revint-host-store").getEnv();
    const rows = HOST_DB.prepare(`SELECT count(*) AS rows FROM ${table} WHERE ${column} = ?1`).bind(value);
    return (await rows.first<{ rows: number }>())?.rows ?? 0;
  }

  /** The session is forgotten, as it is when nothing has happened in it for long enough. */
  async eraseSession(hash: string): Promise<void> {
    const { SESSION_ROOM } = await this.harness
      .getWorker<{ SESSION_ROOM: { getByName(name: string): { erase(): Promise<void> } } }>(
        "revint-session-store",
      )
      .getEnv();
    await SESSION_ROOM.getByName(roomName(hash, 0)).erase();
  }

  /** The clock strikes: resolves when api has done what it does then. */
  async tick(cron = "*/5 * * * *"): Promise<void> {
    await this.harness.getWorker("revint-api").scheduled({ cron });
  }

  /** Changes what host-store keeps: to make a time pass, or to see what nobody is told. */
  async changeHosts(sql: string, ...values: unknown[]): Promise<void> {
    const { HOST_DB } = await this.harness.getWorker<{ HOST_DB: Database }>("revint-host-store").getEnv();
    await HOST_DB.prepare(sql)
      .bind(...values)
      .first();
  }

  close(): Promise<void> {
    return this.harness.close();
  }
}

export interface RequestOptions {
  readonly token?: string;
  readonly uid?: string;
  readonly json?: unknown;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

/** A good answer by its schema; anything else fails the test with what was said. */
export async function read<S extends z.ZodType>(schema: S, response: Response): Promise<z.output<S>> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return schema.parse(JSON.parse(text));
}

/** A problem, checked to be one in every respect. */
export async function readProblem(response: Response): Promise<Problem> {
  const problem = Problem.parse(await response.json());
  if (response.headers.get("content-type") !== "application/problem+json")
    throw new Error("not problem+json");
  if (problem.status !== response.status) throw new Error("two statuses");
  return problem;
}
