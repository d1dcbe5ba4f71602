import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { Failure } from "./failure.ts";
import { stores, type Worker } from "./workers.ts";

const folder = ".wrangler/dev";

/** What wrangler throws for a file it can't parse. */
const ConfigError = z.object({
  text: z.string(),
  location: z.object({ file: z.string(), line: z.number() }),
});

const configFile = (store: Worker) => `${folder}/${store.folder}.json`;

/**
 * Writes each store's environment as a config file of its own and returns the files' paths.
 * `wrangler dev` applies one `--env` to every config it is given, so it can't start several environments
 * of one file; and `.dev.vars`, which wrangler looks up beside a config, stays out of the stores.
 * A process of its own does it: wrangler's library takes 200 MB that nobody needs afterwards.
 * @throws Failure when wrangler.stores.toml is not valid; wrangler has said why
 */
export async function writeStoreConfigs(): Promise<string[]> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Failure("The stores' configuration can't be read; the reason is above.");
  return stores.map(configFile);
}

async function writeStoreConfig(store: Worker): Promise<void> {
  const { unstable_readConfig: readConfig } = await import("wrangler");
  // The first five say where the config came from, and wrangler would not know them in a file. `main` is absolute already.
  const { configPath, userConfigPath, topLevelName, definedEnvironments, targetEnvironment, ...settings } =
    readConfig({
      config: store.config,
      ...(store.environment !== undefined && { env: store.environment }),
    });
  const filled = Object.entries(settings).filter(([, value]) => isFilled(value));
  await writeFile(configFile(store), JSON.stringify(Object.fromEntries(filled), null, 2));
}

/** Not a section that nobody filled: wrangler warns of some just for being there. */
function isFilled(value: unknown): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length > 0;
}

if (import.meta.main) {
  await mkdir(folder, { recursive: true });
  await Promise.all(stores.map(writeStoreConfig)).catch(reportConfigError);
}

/** Says what is wrong with the config, and where, instead of printing all of it. */
function reportConfigError(error: unknown): void {
  const { data } = ConfigError.safeParse(error);
  if (data === undefined) throw error;
  console.error(`${data.location.file}, line ${data.location.line}: ${data.text}`);
  process.exitCode = 1;
}
