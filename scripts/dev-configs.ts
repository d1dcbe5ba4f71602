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
  const { LLM_KEY } = process.env;
  const variables = { ...(await readVariables(DEV_SECRETS)), ...(LLM_KEY && { LLM_KEY }) };
  const secrets = Object.assign({}, ...others.map((worker) => pickSecrets(variables, worker)));
  await writeSecretFile(`${folder}/${DEV_SECRETS}`, formatSecrets(comment, secrets));
  return [
    readApi().config,
    ...(await Promise.all(others.map((worker) => writeDevConfig(worker, variables)))),
  ];
}

async function writeDevConfig(worker: Worker, variables: Readonly<Record<string, string>>): Promise<string> {
  const { folder: name, settings } = worker;
  const file = `${folder}/${name}.json`;
  const own = {
    ...settings,
    // A path is read from where its config is.
    main: resolve(String(settings.main)),
    // wrangler gives what is required: an optional one that is there is.
    secrets: { required: [...new Set([...worker.secrets, ...Object.keys(pickSecrets(variables, worker))])] },
    vars: { ...readVars(settings), ...readOwnVars(name) },
  };
  await writeFile(file, JSON.stringify(own, null, 2));
  return file;
}

const readVars = ({ vars }: Worker["settings"]): object =>
  typeof vars === "object" && vars !== null ? vars : {};

/** What whoever starts says in place of what a wrangler file says, for each Worker: `LLM_URL=… LLM_MODEL=… npm start`. */
const OWN_VARS: Readonly<Record<string, readonly string[]>> = {
  recap: ["LLM_URL", "LLM_MODEL"],
  automations: ["WEBHOOK_PRIVATE"],
};

export function readOwnVars(folder: string): Record<string, string> {
  const said = (OWN_VARS[folder] ?? []).map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(said.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
