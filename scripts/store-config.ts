import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unstable_readConfig as readConfig } from "wrangler";
import { stores, type Worker } from "./workers.ts";

const folder = ".wrangler/dev";

/**
 * Writes each store's environment as a config file of its own and returns the files' paths.
 * `wrangler dev` applies one `--env` to every config it is given, so that it can't start several
 * environments of one file; and `.dev.vars`, looked up beside a config, stays out of the stores.
 */
export async function writeStoreConfigs(): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(stores.map(writeStoreConfig));
}

async function writeStoreConfig({ folder: name, config, environment }: Worker): Promise<string> {
  // The first five say where the config came from, and wrangler would not know them in a file. `main` is absolute already.
  const { configPath, userConfigPath, topLevelName, definedEnvironments, targetEnvironment, ...settings } =
    readConfig({
      config,
      ...(environment !== undefined && { env: environment }),
    });
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(settings, dropEmpty, 2));
  return file;
}

/** Sections that nobody filled: wrangler warns of some just for being there. */
function dropEmpty(_key: string, value: unknown): unknown {
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return isEmpty ? undefined : value;
}
