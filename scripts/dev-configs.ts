import { mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { writeSecretFile } from "./secret-file.ts";
import { DEV_SECRETS, formatSecrets, pickSecrets, readVariables } from "./secrets.ts";
import { isApi, readApi, readWorkers, type Worker } from "./workers.ts";

const folder = ".wrangler/dev";

const comment = `What \`npm start\` gives the Workers but the api, each its own. Written anew at every start, from ${DEV_SECRETS}.`;

/**
 * The config files for one `wrangler dev` with all Workers, the api's first: that one gets the address.
 * Every other Worker is written out as a file of its own: `wrangler dev` applies one `--env` to every config it is
 * given, so it can't start several environments of one file. wrangler looks up `.dev.vars` beside a config, and gives
 * each Worker what its `secrets.required` names: so beside these stands a file with their secrets, and none of the api's.
 * `.dev.vars` has to be complete before.
 */
export async function writeDevConfigs(): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const others = readWorkers().filter((worker) => !isApi(worker));
  const variables = (await readVariables(DEV_SECRETS)) ?? {};
  const secrets = Object.assign({}, ...others.map((worker) => pickSecrets(variables, worker)));
  await writeSecretFile(`${folder}/${DEV_SECRETS}`, formatSecrets(comment, secrets));
  return [readApi().config, ...(await Promise.all(others.map(writeDevConfig)))];
}

async function writeDevConfig({ folder: name, settings }: Worker): Promise<string> {
  const file = `${folder}/${name}.json`;
  // A path is read from where its config is.
  await writeFile(file, JSON.stringify({ ...settings, main: resolve(String(settings.main)) }, null, 2));
  return file;
}
