import { LocalDatabase } from "../local-database.ts";
import { readHostMigrations } from "../local-hosts.ts";
import { runSchedule } from "../schedule.ts";
import type { Bundles } from "./bundles.ts";
import { secretsFolderOf, stateFolderOf } from "./data-folder.ts";
import { prepareSecrets } from "./data-secrets.ts";
import { Door } from "./door.ts";
import { log } from "./log.ts";
import type { ServeOptions } from "./options.ts";
import { Runtime } from "./runtime.ts";
import { VisitorReader } from "./visitor.ts";

/** PEM. */
export type Tls = { readonly cert: string; readonly key: string };

/** The door, the runtime behind it, and the clock. */
export class Server {
  readonly door: Door;
  readonly #options: ServeOptions;
  #runtime: Runtime | undefined;
  #endSchedule = () => {};

  constructor(options: ServeOptions, tls: Tls | undefined) {
    this.#options = options;
    const visitors = new VisitorReader({
      trusted: options["trust-proxy"],
      publicUrl: options["public-url"],
      isTls: tls !== undefined,
    });
    this.door = new Door({ visitors, tls });
  }

  async start(bundles: Bundles): Promise<void> {
    const { data, "sign-up": signUp } = this.#options;
    const secrets = await prepareSecrets(secretsFolderOf(data));
    const stateFolder = stateFolderOf(data);
    const runtime = await Runtime.start({
      ...{ bundles, stateFolder, secrets },
      vars: { api: { SIGN_UP: signUp, ...readOrigins() } },
    });
    this.#runtime = runtime;
    await runtime.makeDatabase();
    if (!LocalDatabase.migrate(stateFolder, readHostMigrations())) throw new Error("there is no database");
    this.door.open(() => runtime.url);
    this.#endSchedule = runSchedule((cron) => tick(runtime, cron));
  }

  async close(): Promise<void> {
    this.#endSchedule();
    await this.door.close(this.#options.grace * 1000);
    await this.#runtime?.close();
  }
}

/** As in wrangler.api.toml, unless the environment says otherwise. */
function readOrigins(): Record<string, string> {
  const { ALLOWED_ORIGINS } = process.env;
  return ALLOWED_ORIGINS ? { ALLOWED_ORIGINS } : {};
}

async function tick(runtime: Runtime, cron: string): Promise<void> {
  await runtime.tick(cron).catch((error: unknown) => {
    log("error", "clock", { cron, message: String(error) });
  });
}
