import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareLocalDatabases } from "../scripts/databases.ts";
import { prepareDevSecrets } from "../scripts/dev-secrets.ts";
import { DEV_SECRETS, readVariables } from "../scripts/secrets.ts";
import { prepareBundles } from "../scripts/serve/bundles.ts";
import { type MortalOrder, MortalReport, type MortalSettings } from "./mortal-script.ts";

/** What outlives the Workers. */
export type Ground = MortalSettings;

/** @param vars for Workers, by the folder of each, in place of those that it is deployed with */
export async function createGround(vars: Ground["vars"] = {}): Promise<Ground> {
  await prepareDevSecrets();
  // Once, and not at each start.
  await prepareBundles();
  const storage = await mkdtemp(join(tmpdir(), "revint-crash-"));
  await prepareLocalDatabases(storage);
  const secrets = (await readVariables(DEV_SECRETS)) ?? {};
  return { storage, secrets, vars: { ...vars, api: { SIGN_UP: "open", ...vars.api } } };
}

export const removeGround = ({ storage }: Ground): Promise<void> =>
  rm(storage, { recursive: true, force: true });

/** How long a start may take: many times what it does. */
const START_MS = 90_000;

/**
 * All seven Workers in a process group of their own, on storage that outlives them.
 * At a new port each time, which is taken and used in one step: no other socket of this machine gets it in between.
 */
async function startProcess(ground: Ground) {
  const child = fork(join(import.meta.dirname, "mortal-process.ts"), [JSON.stringify(ground)], {
    ...{ detached: true, stdio: ["ignore", "ignore", "pipe", "ipc"] },
  });
  const exit = once(child, "exit");
  /** As a power cut would: workerd and all, at once. */
  const kill = async () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await exit;
  };
  let said = "";
  child.stderr?.on("data", (chunk) => (said += chunk));
  child.once("close", () => (said += "\nIt ended, or had to."));
  const tooLong = setTimeout(kill, START_MS);
  try {
    const report = await hear(child);
    if (!report || !("url" in report)) throw new Error(`The Workers are not there:\n${said}`);
    return { url: report.url, kill, strike: (cron: string) => strike(child, cron) };
  } finally {
    clearTimeout(tooLong);
  }
}

/** What it tells next, or undefined when it ends. */
async function hear(child: ChildProcess): Promise<MortalReport | undefined> {
  const heard = new AbortController();
  const { signal } = heard;
  const next = ["message", "close"].map((event) => once(child, event, { signal }));
  try {
    const [message] = await Promise.race(next);
    return MortalReport.safeParse(message).data;
  } finally {
    heard.abort();
    await Promise.allSettled(next);
  }
}

async function strike(child: ChildProcess, cron: string): Promise<void> {
  const struck = hear(child);
  child.send({ cron } satisfies MortalOrder);
  await struck;
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
    await this.#running.then(({ strike }) => strike(cron));
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
