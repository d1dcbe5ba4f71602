import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import * as z from "zod";
import { prepareLocalDatabases } from "../scripts/databases.ts";
import { writeDevConfigs } from "../scripts/dev-configs.ts";
import { prepareDevSecrets } from "../scripts/dev-secrets.ts";
import { readReady, wranglerBin, wranglerEnvironment } from "../scripts/wrangler.ts";

/** What outlives the Workers. */
export interface Ground {
  /** The configuration of each. */
  readonly configs: readonly string[];
  /** A folder. */
  readonly storage: string;
  /** Those of the configurations that are for this ground alone. */
  readonly own: readonly string[];
}

/** @param vars for Workers, by the folder of each, in place of those that it is deployed with */
export async function createGround(
  vars: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<Ground> {
  await prepareDevSecrets();
  const storage = await mkdtemp(join(tmpdir(), "revint-crash-"));
  await prepareLocalDatabases(storage);
  const configs = await writeDevConfigs();
  const all = await Promise.all(configs.map((config) => setVars(config, vars)));
  return { configs: all, storage, own: all.filter((config) => !configs.includes(config)) };
}

const Config = z.looseObject({ vars: z.record(z.string(), z.unknown()).default({}) });

/** A configuration of its own, beside the others: secrets are read from there. */
async function setVars(
  config: string,
  all: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<string> {
  const folder = basename(config, ".json");
  const vars = all[folder];
  if (vars === undefined) return config;
  const settings = Config.parse(JSON.parse(await readFile(config, "utf8")));
  const own = join(dirname(config), `${folder}-${crypto.randomUUID()}.json`);
  await writeFile(own, JSON.stringify({ ...settings, vars: { ...settings.vars, ...vars } }));
  return own;
}

export async function removeGround({ storage, own }: Ground): Promise<void> {
  await Promise.all([storage, ...own].map((path) => rm(path, { recursive: true, force: true })));
}

/** How long a start may take: many times what it does. */
const START_MS = 90_000;

/**
 * All seven Workers in a process group of their own, on storage that outlives them.
 * At a new port each time, which is taken and used in one step: no other socket of this machine gets it in between.
 */
async function startProcess({ configs, storage }: Ground) {
  const all = configs.flatMap((config) => ["-c", config]);
  const args = ["dev", ...all, "--ip", "127.0.0.1", "--port", "0", "--persist-to", storage];
  args.push("--var", "SIGN_UP:open");
  const child = spawn(
    process.execPath,
    ["--no-warnings", wranglerBin, ...args, "--inspector-port", "0", "--show-interactive-dev-session=false"],
    { detached: true, stdio: ["ignore", "pipe", "pipe", "ipc"], env: wranglerEnvironment() },
  );
  const exit = once(child, "exit");
  /** As a power cut would: wrangler, workerd and all, at once. */
  const kill = async () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await exit;
  };
  let said = "";
  for (const output of [child.stdout, child.stderr]) output?.on("data", (chunk) => (said += chunk));
  const ready = new Promise<{ ip: string; port: number }>((resolve, reject) => {
    child.on("message", (message) => {
      const address = readReady(message);
      if (address) resolve(address);
    });
    child.once("close", () => reject(new Error(`wrangler ended, or had to, before it was ready:\n${said}`)));
  });
  const tooLong = setTimeout(kill, START_MS);
  try {
    const { ip, port } = await ready;
    return { url: `http://${ip}:${port}`, kill };
  } finally {
    clearTimeout(tooLong);
  }
}

/** The Workers through their deaths: what is asked meanwhile is asked again when they are back. */
export class Mortal {
  readonly #ground: Ground;
  #running: ReturnType<typeof startProcess>;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#running = startProcess(ground);
  }

  get url(): Promise<string> {
    return this.#running.then(({ url }) => url);
  }

  /** Asks the Workers, wherever they are now, or will be when they are back. */
  async ask(path: string, options?: RequestInit): Promise<Response> {
    return fetch((await this.url) + path, options);
  }

  /** Asks again until there is an answer that is final: it worked, or it never will. */
  async persist(path: string, options?: RequestInit): Promise<Response> {
    for (;;) {
      const url = await this.url;
      const response = await fetch(url + path, options).catch(() => undefined);
      if (response && ![429, 500, 502, 503].includes(response.status)) return response;
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
    }
  }

  /** The clock strikes: resolves when api has done what it does then. */
  async tick(cron = "*/5 * * * *"): Promise<void> {
    await this.ask(`/cdn-cgi/local/scheduled?${new URLSearchParams({ cron })}`);
  }

  /** @param meanwhile what happens before they are back, such as that time passes */
  async die(meanwhile: () => void = () => {}): Promise<void> {
    const dead = this.#running.then(({ kill }) => kill());
    this.#running = dead.then(() => {
      meanwhile();
      return startProcess(this.#ground);
    });
    await this.#running;
  }

  async close(): Promise<void> {
    await this.#running.then((workers) => workers.kill()).catch(() => {});
  }
}
