import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare, NoOpLog, type V4MiniflareOptions } from "miniflare";
import { readOwnVars } from "../dev-configs.ts";
import { pickSecrets } from "../secrets.ts";
import { isApi, readApi, readWorker, readWorkers, type Worker } from "../workers.ts";
import type { Bundles } from "./bundles.ts";
import { log, logWorker } from "./log.ts";
import { keepRuntimes } from "./runtime-keeper.ts";

interface RuntimeOptions {
  readonly bundles: Bundles;
  /** Where everything is kept. */
  readonly stateFolder: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** Vars of Workers, by the folder of each, in place of what its wrangler file says. */
  readonly vars: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** All Workers in one workerd, which Miniflare starts, gives its stores, and starts again should it crash. */
export class Runtime {
  readonly #miniflare: Miniflare;
  readonly #endKeeping: () => void;
  /** Where Miniflare takes requests for api. */
  readonly entrance: URL;
  /** Where api itself takes requests: on this machine alone, with whole URLs. */
  #url: URL;

  private constructor(miniflare: Miniflare, entrance: URL, url: URL, endKeeping: () => void) {
    this.#miniflare = miniflare;
    this.entrance = entrance;
    this.#url = url;
    this.#endKeeping = endKeeping;
  }

  /** @throws whatever keeps workerd from starting */
  static async start(options: RuntimeOptions): Promise<Runtime> {
    const endKeeping = keepRuntimes();
    const own = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
    let runtime: Runtime | undefined;
    const miniflare = new Miniflare(
      convertV4MiniflareOptions({
        ...describe(options),
        unsafeHandleRuntimeRestart: async () => {
          log("error", "runtime-restarted");
          if (runtime) runtime.#url = await findUrl(miniflare);
        },
      }),
    );
    // It would end this process at a signal, whatever is still on its way.
    for (const [signal, listeners] of own) {
      for (const listener of process.listeners(signal)) {
        if (!listeners.includes(listener)) process.off(signal, listener);
      }
    }
    try {
      const entrance = await miniflare.ready;
      runtime = new Runtime(miniflare, entrance, await findUrl(miniflare), endKeeping);
      return runtime;
    } catch (error) {
      endKeeping();
      throw error;
    }
  }

  get url(): URL {
    return this.#url;
  }

  /** Sees to it that host-store's database is there, without tables: the runtime knows where. */
  async makeDatabase(): Promise<void> {
    const { name, databases } = readWorker("host-store");
    for (const { binding } of databases) {
      const database = await this.#miniflare.getD1Database(binding, name);
      await database.prepare("SELECT 1").first();
    }
  }

  /** The clock strikes: resolves when api has done what it does then. */
  async tick(cron: string): Promise<void> {
    const api = await this.#miniflare.getWorker(readApi().name);
    await api.scheduled({ cron });
  }

  async close(): Promise<void> {
    this.#endKeeping();
    await this.#miniflare.dispose();
  }
}

const findUrl = (miniflare: Miniflare): Promise<URL> => miniflare.unsafeGetDirectURL(readApi().name);

function describe({ bundles, stateFolder, secrets, vars }: RuntimeOptions): V4MiniflareOptions {
  const workers = new Map(readWorkers().map((worker) => [worker.folder, worker]));
  const { LLM_KEY } = process.env;
  const variables = { ...secrets, ...(LLM_KEY && { LLM_KEY }) };
  return {
    workers: bundles.workers.map(({ folder, options }) => {
      const worker = workers.get(folder);
      if (!worker) throw new Error(`there is no Worker ${folder}`);
      const modulesRoot = join(bundles.folder, folder);
      const bindings = {
        ...Object(options.bindings),
        ...readOwnVars(folder),
        ...pickSecrets(variables, worker),
        ...vars[folder],
      };
      return {
        ...options,
        ...(isApi(worker) && entrance(options, bundles)),
        bindings,
        rootPath: bundles.folder,
        modulesRoot,
        modules: [{ type: "ESModule" as const, path: join(modulesRoot, mainOf(worker)) }],
      };
    }),
    host: "127.0.0.1",
    port: 0,
    // No request to Cloudflare just to fill `request.cf`, which we never read.
    cf: false,
    log: new NoOpLog(),
    logRequests: false,
    handleStructuredLogs: logWorker,
    resourcePersistencePath: join(stateFolder, "v3"),
  };
}

/** wrangler bundles `index.ts` as `index.js`. */
const mainOf = ({ settings }: Worker): string => `${/(\w+)\.ts$/.exec(String(settings.main))?.[1]}.js`;

/** What makes api reachable, and its pages. */
const entrance = (options: Readonly<Record<string, unknown>>, { folder }: Bundles) => ({
  assets: { ...Object(options.assets), directory: join(folder, "site") },
  unsafeDirectSockets: [{ host: "127.0.0.1", port: 0, proxy: true }],
});
