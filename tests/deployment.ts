import { createTestHarness } from "wrangler";
import { createKeyPair, createSecret } from "../scripts/key-pair.ts";
import { isApi, readApi, readWorkers, type Worker } from "../scripts/workers.ts";
import { getPageTopic } from "../shared/interactions/reaction/topic.ts";
import { roomName } from "../shared/protocol/identity.ts";
import type { Batch, BatchAnswer, Entry, EntryKind, LedgerPage, LedgerQuery } from "../workers/lib/ledger.ts";
import { getBundle } from "./bundled-workers.ts";
import { RunningApi } from "./running-api.ts";

export { type RequestOptions, read, readProblem } from "./running-api.ts";

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

/** What keeps who joined, up to forty of them a key. */
interface Records {
  list(options: { prefix: string }): Promise<{
    keys: readonly { metadata: { participants: string } }[];
    list_complete: boolean;
  }>;
}

/** Where host-store keeps everything. */
interface Database {
  prepare(sql: string): { bind(...values: unknown[]): { first<T>(): Promise<T | null> } };
}

/** Where a Worker is described, and bundled if it has been. */
function locate({ folder, config, environment }: Worker, configs: DeploymentOptions["configs"] = {}) {
  const bundle = getBundle(folder);
  return {
    configPath: configs[folder] ?? config,
    ...(environment !== undefined && { env: environment }),
    ...(bundle !== undefined && { prebuiltWorkerDir: bundle }),
  };
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
      { ...locate(readApi()), secrets, vars: { SIGN_UP: "open", ...options.api } },
      ...readWorkers()
        .filter((worker) => !isApi(worker))
        .map((worker) => ({
          ...locate(worker, options.configs),
          ...(worker.folder === "session-store" && options.rooms && { vars: options.rooms }),
          ...(worker.folder === "recap" && options.recap && { vars: options.recap }),
          ...(worker.folder === "automations" && options.automations && { vars: options.automations }),
          ...(worker.folder === "host-store" && { secrets: { ISSUER_KEY: issuer.privatePem } }),
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

let shared: Promise<Deployment> | undefined;

/**
 * The one of all stories that need none of their own: to start it takes longer than many of them. Each process has one,
 * which ends with it. What a story finds there beside its own are other people's sessions, as on any deployment.
 */
export function shareDeployment(): Promise<Deployment> {
  shared ??= startDeployment();
  return shared;
}

/** One running deployment, and what its stores have. */
export class Deployment extends RunningApi {
  readonly harness: ReturnType<typeof createTestHarness>;
  /** What its api runs with. */
  readonly secrets: Readonly<Record<string, string>>;

  constructor(
    harness: ReturnType<typeof createTestHarness>,
    url: string,
    privatePem: string,
    secrets: Readonly<Record<string, string>>,
  ) {
    super(url, privatePem);
    this.harness = harness;
    this.secrets = secrets;
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
    return keys.flatMap(({ metadata }) => metadata.participants.split(",")).length;
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
