import { mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isApi, readApi, readWorkers, type Worker } from "./workers.ts";

const folder = ".wrangler/dev";

/**
 * The config files for one `wrangler dev` with all Workers, the api's first: that one gets the address.
 * Every other Worker is written out as a file of its own: `wrangler dev` applies one `--env` to every config it is
 * given, so it can't start several environments of one file; and `.dev.vars`, which wrangler looks up beside a
 * config, stays with the api.
 */
export async function writeDevConfigs(): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const others = readWorkers().filter((worker) => !isApi(worker));
  return [readApi().config, ...(await Promise.all(others.map(writeDevConfig)))];
}

async function writeDevConfig({ folder: name, settings }: Worker): Promise<string> {
  const file = `${folder}/${name}.json`;
  // A path is read from where its config is.
  await writeFile(file, JSON.stringify({ ...settings, main: resolve(String(settings.main)) }, null, 2));
  return file;
}
